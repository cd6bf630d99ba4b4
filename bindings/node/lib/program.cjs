'use strict'

const { setImmediate } = require('node:timers/promises')
const { diagnostics } = require('./diagnostics.cjs')
const { guard, lift } = require('./errors.cjs')
const { argument, clock, lang, options, text } = require('./options.cjs')
const { light } = require('./plain.cjs')
const { Explanation, Score } = require('./results.cjs')

/** How many records a batch reads before the event loop gets its turn: about a millisecond. */
const CHUNK = 128

/** How many compiled criteria a program remembers. */
const REMEMBERED = 256

/** A compiled criterion. */
class Criterion {
  #native
  #lang

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
    return JSON.parse(guard(() => score.many(list(records), 0, now, zone))).map(light)
  }

  async scoreManyAsync(name, records, given) {
    const { signal, ...rest } = options(given, ['now', 'zone', 'signal'])
    const { now, zone } = clock(rest)
    const score = this.#score(name).native
    const all = list(records)
    const results = []
    // One chunk is read on this thread while the one before is computed on another.
    let computing
    for (let start = 0; start < all.length || computing; start += CHUNK) {
      signal?.throwIfAborted()
      let next
      try {
        if (start < all.length) next = score.manyAsync(all.slice(start, start + CHUNK), start, now, zone)
        // A rejection is reported when its turn comes, not before.
        next?.catch(() => {})
        if (computing) results.push(...JSON.parse(await computing).map(light))
      } catch (thrown) {
        throw lift(thrown)
      }
      computing = next
      await setImmediate()
    }
    signal?.throwIfAborted()
    return results
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

/** Any iterable of records, as an array. */
function list(records) {
  argument(records !== null && records !== undefined && typeof records !== 'string' && Symbol.iterator in Object(records), 'records must be an array')
  return Array.isArray(records) ? records : Array.from(records)
}

module.exports = { Criterion, Program }
