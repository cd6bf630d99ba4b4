'use strict'

const { Desk, FINE } = require('./desk.cjs')
const { diagnostics } = require('./diagnostics.cjs')
const { guard, lift } = require('./errors.cjs')
const { exported } = require('./forms.cjs')
const { clock, lang, options } = require('./options.cjs')
const { held } = require('./pack.cjs')
const { Explanation } = require('./results.cjs')

/** The native side of a criterion: `nativeOf(criterion)`. */
let nativeOf

/** A compiled criterion. */
class Criterion {
  #native
  #lang
  #desk

  static {
    nativeOf = (criterion) => criterion.#native
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

  sentence(given) {
    const { lang: asked } = options(given, ['lang'])
    return guard(() => this.#native.sentence(lang(asked) ?? this.#lang))
  }

  matches(record, given) {
    const { now, zone } = clock(options(given, ['now', 'zone']))
    this.#desk ??= new Desk((memory) => this.#native.desk(memory))
    return holds(this.#native, this.#desk, record, now, zone)
  }

  explain(record, given) {
    const { lang: asked, ...rest } = options(given, ['now', 'zone', 'lang'])
    const { now, zone } = clock(rest)
    const spoken = lang(asked) ?? this.#lang
    const reasons = guard(() => this.#native.explain(record, now, zone))
    return new Explanation(reasons, reasons.json(), spoken)
  }

  export(form, given) {
    return exported(this.#native, form, given)
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

module.exports = { Criterion, holds, nativeOf }
