'use strict'

const native = require('../native.cjs')
const { guard } = require('./errors.cjs')
const { argument, lang } = require('./options.cjs')
const { programOf } = require('./state.cjs')

/** What only this module makes differences with. */
const OWN = Symbol('own')

/** What changes from one program to another. */
class Diff {
  #lang
  #reports
  #summaries

  constructor(own, spoken, compared) {
    argument(own === OWN, 'a Diff is what diff gives')
    this.#lang = spoken
    this.#reports = { fr: compared.report[0], en: compared.report[1] }
    this.#summaries = { fr: compared.summary[0], en: compared.summary[1] }
    this.changes = JSON.parse(compared.diff).changes
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
function diff(old, program) {
  const before = programOf(old).native
  const { native: after, lang: spoken } = programOf(program)
  return guard(() => new Diff(OWN, spoken, native.compare(before, after)))
}

module.exports = { Diff, diff }
