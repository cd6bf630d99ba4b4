'use strict'

const { setImmediate } = require('node:timers/promises')
const { Desk, FINE } = require('./desk.cjs')
const { diagnostics } = require('./diagnostics.cjs')
const { guard, lift } = require('./errors.cjs')
const { argument, clock, lang, options, text } = require('./options.cjs')
const { held, total: sum } = require('./pack.cjs')
const { light } = require('./plain.cjs')
const { Explanation, Score, judged } = require('./results.cjs')

/** How many records a batch reads before the event loop gets its turn: about a millisecond. */
const CHUNK = 128

/** How many compiled criteria a program remembers. */
const REMEMBERED = 256

/** A compiled criterion. */
class Criterion {
  #native
  #lang
  #desk

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
    this.#desk ??= new Desk((memory) => this.#native.desk(memory))
    return holds(this.#native, this.#desk, record, now, zone)
  }

  /** The native side, for the package only. */
  static native(criterion) {
    return criterion.#native
  }

  explain(record, given) {
    const { lang: asked, ...rest } = options(given, ['now', 'zone', 'lang'])
    const { now, zone } = clock(rest)
    const spoken = lang(asked) ?? this.#lang
    return new Explanation(guard(() => this.#native.explain(record, now, zone)), spoken)
  }
}

/** Whether a criterion holds. */
function holds(native, desk, record, now, zone) {
  try {
    if (desk.judge(record, now, zone) === FINE) return held[0] === 1
    return native.matches(record, now, zone)
  } catch (thrown) {
    throw lift(thrown)
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

  scorer(name, given) {
    const time = clock(options(given, ['now', 'zone']))
    const known = this.#score(name)
    // A desk of its own, for a clock that stays.
    const score = { ...known, desk: scoreDesk(known.native), totals: new Map() }
    guard(() => score.desk.prepare(time.now, time.zone))
    const scorer = (record) => judged(score, record, time).total
    return Object.assign(scorer, { score: (record) => new Score(score, record, time, false) })
  }

  matcher(criterion, given) {
    const { module, ...rest } = options(given, ['module', 'now', 'zone'])
    const { now, zone } = clock(rest)
    const native = Criterion.native(this.#compiled(criterion, module))
    const desk = new Desk((memory) => native.desk(memory))
    guard(() => desk.prepare(now, zone))
    return (record) => holds(native, desk, record, now, zone)
  }

  judge(name, criteria, given) {
    const { module, ...rest } = options(given, ['module', 'now', 'zone'])
    const time = clock(rest)
    const known = this.#score(name)
    const natives = list(criteria).map((criterion) => Criterion.native(this.#compiled(criterion, module)))
    argument(natives.every((native) => native.isOf(this.#native)), 'a criterion is of another program')
    const desk = guard(() => new Desk((memory) => this.#native.desk(known.native, natives, memory)))
    guard(() => desk.prepare(time.now, time.zone))
    return (record) => {
      try {
        const verdicts = new Array(natives.length)
        if (desk.judge(record, time.now, time.zone) === FINE && sum[0] === sum[0]) {
          for (let i = 0; i < verdicts.length; i++) verdicts[i] = held[i] === 1
          return { total: sum[0], holds: verdicts }
        }
        const { total } = judged(known, record, time)
        return { total, holds: natives.map((native) => native.matches(record, time.now, time.zone)) }
      } catch (thrown) {
        throw lift(thrown)
      }
    }
  }

  matches(criterion, record, given) {
    if (given === undefined) return this.#compiled(criterion, undefined).matches(record)
    const { module, now, zone } = options(given, ['module', 'now', 'zone'])
    return this.#compiled(criterion, module).matches(record, { now, zone })
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
    const known = this.#criteria.get(criterion)
    if (known !== undefined && known.module === module) return known.compiled
    const compiled = this.criterion(criterion, { module })
    if (this.#criteria.size >= REMEMBERED) this.#criteria.clear()
    this.#criteria.set(criterion, { module, compiled })
    return compiled
  }

  #score(name) {
    argument(name === undefined || name === null || typeof name === 'string', 'name must be the name of a score')
    let score = this.#scores.get(name)
    if (!score) {
      const native = guard(() => this.#native.score(name))
      score = { native, name: native.name, lang: this.#lang, desk: scoreDesk(native), totals: new Map() }
      this.#scores.set(name, score)
    }
    return score
  }
}

/** Where records get a score, one at a time. */
const scoreDesk = (native) => new Desk((memory) => native.desk(memory))

/** Any iterable of records, as an array. */
function list(records) {
  argument(records !== null && records !== undefined && typeof records !== 'string' && Symbol.iterator in Object(records), 'records must be an array')
  return Array.isArray(records) ? records : Array.from(records)
}

module.exports = { Criterion, Program }
