'use strict'

const native = require('../native.cjs')
const { guard } = require('./errors.cjs')
const { argument, lang, options } = require('./options.cjs')
const { simulate } = require('./simulation.cjs')
const { programOf } = require('./state.cjs')

/** How records are replayed. */
const OPTIONS = ['now', 'zone', 'users', 'module', 'until', 'show']

/** What only this module makes differences with. */
const OWN = Symbol('own')

/** What changes from one program to another. */
class Diff {
  #lang
  #reports
  #summaries

  constructor(own, spoken, compared, simulation) {
    argument(own === OWN, 'a Diff is what diff gives')
    this.#lang = spoken
    this.#reports = { fr: compared.report[0], en: compared.report[1] }
    this.#summaries = { fr: compared.summary[0], en: compared.summary[1] }
    this.changes = JSON.parse(compared.diff).changes
    this.simulation = simulation
    Object.freeze(this)
  }

  get isEmpty() {
    return this.changes.length === 0
  }

  report(asked) {
    return this.#reports[lang(asked) ?? this.#lang]
  }

  summary(asked) {
    return this.#summaries[lang(asked) ?? this.#lang]
  }

  toString() {
    return this.report()
  }

  toJSON() {
    return { changes: this.changes }
  }
}

/** What changes from an old program to a new one. */
function diff(old, program, given) {
  const { data, ...rest } = options(given, ['data', ...OPTIONS])
  const [before, after] = [programOf(old), programOf(program)]
  const compared = guard(() => native.compare(before.native, after.native))
  return new Diff(OWN, after.lang, compared, data === undefined ? null : simulate(before, after, data, rest))
}

module.exports = { Diff, diff }
