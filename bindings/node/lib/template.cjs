'use strict'

const { diagnostics } = require('./diagnostics.cjs')
const { guard } = require('./errors.cjs')
const { clock, options } = require('./options.cjs')

/** A compiled text with fields. */
class Template {
  #native

  constructor(native, text) {
    this.#native = native
    this.text = text
  }

  get diagnostics() {
    return diagnostics(JSON.parse(guard(() => this.#native.diagnostics())))
  }

  get readsClock() {
    return this.#native.readsClock
  }

  render(record, given) {
    const { now, zone } = clock(options(given, ['now', 'zone']))
    return guard(() => this.#native.render(record, now, zone))
  }
}

module.exports = { Template }
