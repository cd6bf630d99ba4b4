'use strict'

const batch = require('./batch.cjs')
const { diagnostics } = require('./diagnostics.cjs')
const { guard } = require('./errors.cjs')
const { argument, clock, lang, options, text } = require('./options.cjs')
const { light } = require('./plain.cjs')
const { Explanation, Score } = require('./results.cjs')

/** How many compiled criteria a program remembers. */
const REMEMBERED = 256

/** The native side of a criterion. */
let native

/** A compiled criterion. */
class Criterion {
  #native
  #lang

  static {
    native = (criterion) => criterion.#native
  }

  constructor(native, text, lang) {
    this.#native = native
    this.#lang = lang
    this.text = text
  }

  /** Its warnings and notes. */
  get diagnostics() {
    return diagnostics(JSON.parse(guard(() => this.#native.diagnostics())))
  }

  /** Whether it needs `now`. */
  get readsClock() {
    return this.#native.readsClock
  }

  matches(record, given) {
    const { now, zone } = clock(options(given, ['now', 'zone']))
    return guard(() => this.#native.matches(record, now, zone))
  }

  explain(record, given) {
    const { lang: asked, ...rest } = options(given, ['now', 'zone', 'lang'])
    const { now, zone } = clock(rest)
    const spoken = lang(asked) ?? this.#lang
    return new Explanation(guard(() => this.#native.explain(record, now, zone)), spoken)
  }
}

/** A compiled program. */
class Program {
  #native
  #lang
  #scores = new Map()
  #criteria = new Map()

  constructor(native) {
    this.#native = native
    const { lang, diagnostics: found, ...names } = JSON.parse(guard(() => native.about()))
    this.#lang = lang
    const about = { ...names, diagnostics: diagnostics(found), sources: found.sources }
    for (const [key, value] of Object.entries(about)) {
      Object.defineProperty(this, key, { value: Object.freeze(value), enumerable: true })
    }
  }

  score(name, record, given) {
    const { explain = false, ...rest } = options(given, ['now', 'zone', 'explain'])
    return new Score(this.#score(name), record, clock(rest), explain)
  }

  scoreMany(name, records, given) {
    const { now, zone } = clock(options(given, ['now', 'zone']))
    const score = this.#score(name).native
    return JSON.parse(guard(() => score.many(batch.list(records), 0, now, zone))).map(light)
  }

  async scoreManyAsync(name, records, given) {
    const { signal, ...rest } = options(given, ['now', 'zone', 'signal'])
    const { now, zone } = clock(rest)
    const score = this.#score(name).native
    const results = []
    const start = (chunk, first) => score.manyAsync(chunk, first, now, zone)
    await batch.chunks(batch.list(records), signal, start, (totals) => {
      results.push(...JSON.parse(totals).map(light))
    })
    return results
  }

  scoreBatch(name, rows, given) {
    const when = shared(options(given, ['now', 'zone', 'threads']))
    return batch.scoreBatch(this.#score(name).native, rows, when)
  }

  async scoreBatchAsync(name, rows, given) {
    const { signal, ...rest } = options(given, ['now', 'zone', 'threads', 'signal'])
    return batch.scoreBatchAsync(this.#score(name).native, rows, shared(rest), signal)
  }

  matchBatch(criteria, rows, given) {
    const { module, ...rest } = options(given, ['module', 'now', 'zone', 'threads'])
    const when = shared(rest)
    return batch.matchBatch(...this.#named(criteria, module), rows, when)
  }

  async matchBatchAsync(criteria, rows, given) {
    const { module, signal, ...rest } = options(given, ['module', 'now', 'zone', 'threads', 'signal'])
    const when = shared(rest)
    return batch.matchBatchAsync(...this.#named(criteria, module), rows, when, signal)
  }

  matches(criterion, record, given) {
    const { module, ...rest } = options(given, ['module', 'now', 'zone'])
    return this.#compiled(criterion, module).matches(record, rest)
  }

  matching(record, given) {
    const { module, ...rest } = options(given, ['module', 'now', 'zone'])
    argument(module === undefined || typeof module === 'string', 'module must be a string')
    const { now, zone } = clock(rest)
    return guard(() => this.#native.matching(record, module, now, zone))
  }

  explain(criterion, record, given) {
    const { module, ...rest } = options(given, ['module', 'now', 'zone', 'lang'])
    return this.#compiled(criterion, module).explain(record, rest)
  }

  criterion(source, given) {
    const { module } = options(given, ['module'])
    text(source, 'criterion')
    argument(module === undefined || typeof module === 'string', 'module must be a string')
    return new Criterion(guard(() => this.#native.criterion(source, module)), source, this.#lang)
  }

  rule(name) {
    return new Criterion(guard(() => this.#native.rule(text(name, 'name'))), name, this.#lang)
  }

  /** A criterion given as text is compiled once, and remembered while there is room. */
  #compiled(criterion, module) {
    if (criterion instanceof Criterion) return criterion
    const key = JSON.stringify([criterion, module])
    let known = this.#criteria.get(key)
    if (!known) {
      known = this.criterion(criterion, { module })
      if (this.#criteria.size >= REMEMBERED) this.#criteria.clear()
      this.#criteria.set(key, known)
    }
    return known
  }

  /** The names of several criteria, or `undefined` for one; and the native criteria. */
  #named(criteria, module) {
    if (typeof criteria === 'string' || criteria instanceof Criterion) {
      return [undefined, [native(this.#compiled(criteria, module))]]
    }
    argument(typeof criteria === 'object' && criteria !== null, 'criteria must be a criterion, or an object of criteria by name')
    const names = Object.keys(criteria)
    argument(names.length > 0, 'there is no criterion to match')
    return [names, names.map((name) => native(this.#compiled(criteria[name], module)))]
  }

  #score(name) {
    argument(name === undefined || name === null || typeof name === 'string', 'name must be the name of a score')
    let score = this.#scores.get(name)
    if (!score) {
      const native = guard(() => this.#native.score(name))
      score = { native, name: native.name, lang: this.#lang }
      this.#scores.set(name, score)
    }
    return score
  }
}

/** The clock, and how many threads share the rows. */
function shared({ threads, ...rest }) {
  const counts = threads === undefined || (Number.isInteger(threads) && threads >= 1)
  argument(counts, 'threads must be a whole number of at least 1; left out, all processors')
  return { ...clock(rest), threads }
}

module.exports = { Criterion, Program }
