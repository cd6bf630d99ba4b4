'use strict'

const { inspect } = require('node:util')
const { RecordChangedError, guard, lift } = require('./errors.cjs')
const { lang: checkLang } = require('./options.cjs')
const { FINE } = require('./desk.cjs')
const { total } = require('./pack.cjs')
const { light, plain } = require('./plain.cjs')

/** How many totals of a score are remembered with what is said of them. */
const REMEMBERED = 4096

/** The total of a record, and what is said of it; errors only where there are any. */
function judged(score, record, { now, zone }) {
  try {
    if (score.desk.judge(record, now, zone) === FINE) {
      const number = total[0]
      const known = score.totals.get(number)
      if (known !== undefined) return known
      // NaN for a decimal of which a number does not say it all.
      if (number === number) {
        if (score.totals.size >= REMEMBERED) score.totals.clear()
        const made = { total: number, ...score.desk.describe() }
        score.totals.set(number, made)
        return made
      }
    }
    return light(JSON.parse(score.native.quick(record, now, zone)), score.lang)
  } catch (thrown) {
    throw lift(thrown)
  }
}

/** The reasons of a score as data. */
function readReasons(json, lang) {
  const data = plain(JSON.parse(json), lang)
  data.nextChange = data.nextChange === null ? null : new Date(data.nextChange)
  return data
}

/** The score of one record; its reasons are computed when they are first asked for. */
class Score {
  #score
  #record
  #clock
  #reasons
  #data

  constructor(score, { total, totalText, stars, label, errors = [] }) {
    this.#score = score
    this.name = score.name
    this.total = total
    this.totalText = totalText
    this.stars = stars
    this.label = label
    this.errors = errors
  }

  /** The score of a record, whose reasons are computed at once if `explain` says so. */
  static of(score, record, clock, explain) {
    const result = new Score(score, judged(score, record, clock))
    result.#record = record
    result.#clock = clock
    if (explain) result.#evaluate()
    return result
  }

  /** A score from its reasons. */
  static explained(score, { reasons, json }) {
    const data = readReasons(json, score.lang)
    const result = new Score(score, data)
    result.#reasons = reasons
    result.#data = data
    return result
  }

  /** Computes the reasons once, and lets go of the record. */
  #evaluate() {
    if (this.#data) return this.#data
    const { now, zone } = this.#clock
    const reasons = guard(() => this.#score.native.evaluate(this.#record, now, zone))
    const data = readReasons(reasons.json(), this.#score.lang)
    if (data.totalText !== this.totalText) {
      throw new RecordChangedError(
        `the record has changed since it was scored: it gave ${this.totalText} and now gives ${data.totalText}; ` +
          'ask for the reasons before changing it, or score with { explain: true }',
        { code: 'JALON_RECORD_CHANGED' },
      )
    }
    this.#reasons = reasons
    this.#record = undefined
    this.#data = data
    return data
  }

  get content() {
    return this.#evaluate().content
  }

  get positive() {
    return this.#evaluate().positive
  }

  get negative() {
    return this.#evaluate().negative
  }

  get touchPoints() {
    return this.#evaluate().touchPoints
  }

  get lines() {
    return this.#evaluate().lines
  }

  get groups() {
    return this.#evaluate().groups
  }

  get nextChange() {
    return this.#evaluate().nextChange
  }

  explain(lang) {
    this.#evaluate()
    return guard(() => this.#reasons.sentence(checkLang(lang) ?? this.#score.lang))
  }

  toString() {
    return this.explain()
  }

  toJSON() {
    return this.#evaluate()
  }

  [inspect.custom](_depth, options) {
    const { name, total, totalText, stars, label, errors } = this
    return `Score ${inspect({ name, total, totalText, stars, label, errors }, options)}`
  }
}

/** Why a criterion holds on a record, or does not. */
class Explanation {
  #reasons
  #lang

  constructor(reasons, json, lang) {
    this.#reasons = reasons
    this.#lang = lang
    Object.assign(this, plain(JSON.parse(json), lang))
  }

  explain(lang) {
    return guard(() => this.#reasons.sentence(checkLang(lang) ?? this.#lang))
  }

  toString() {
    return this.explain()
  }
}

module.exports = { Explanation, Score, judged }
