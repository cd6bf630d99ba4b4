'use strict'

const native = require('../native.cjs')
const { guard } = require('./errors.cjs')
const { argument, options } = require('./options.cjs')

/** What is given for a transition, where that is more than fields. */
class Given {
  constructor(fields = {}, rest) {
    const { note = null, attachments = [], ticked = [], records = {} } = options(rest, ['note', 'attachments', 'ticked', 'records'])
    argument(typeof fields === 'object' && fields !== null, 'fields must be an object of values by name')
    Object.assign(this, { fields, note, attachments, ticked, records })
  }

  /** What a host gives: fields by name, or more. */
  static of(given) {
    if (given instanceof Given) return given
    return new Given(given ?? {})
  }

  /** What the native side keeps of it. */
  static from({ fields = [], records = [], ...rest }) {
    const byModule = {}
    for (const [module, id] of records) (byModule[module] ??= []).push(id)
    return new Given(Object.fromEntries(fields), { ...rest, records: byModule })
  }
}

/** What only this package makes instances with. */
const OWN = Symbol('own')

/** The text of an instance. */
let writtenOf

const date = (at) => (at === undefined ? null : new Date(at))

/** Where a record stands in its blueprint: immutable. */
class Instance {
  #written
  #form

  static {
    writtenOf = (instance) => instance.#written
  }

  constructor(own, written) {
    argument(own === OWN, 'an instance is what enter, fire or Instance.fromJSON gives')
    this.#written = written
    const form = (this.#form = JSON.parse(written))
    this.blueprint = form.blueprint
    this.content = form.content
    this.state = form.state
    this.since = new Date(form.since)
    this.told = date(form.told)
    this.left = date(form.left)
    this.drafts = (form.drafts ?? []).map(({ transition, given, saved, by = null }) => ({
      transition,
      given: Given.from(given),
      saved: new Date(saved),
      by,
    }))
    this.progress = Object.fromEntries((form.progress ?? []).map(({ transition, done }) => [transition, done]))
    this.history = (form.history ?? []).map(({ transition = null, from = null, to, at, by = null }) => ({
      transition,
      from,
      to,
      at: new Date(at),
      by,
    }))
    Object.freeze(this)
  }

  static fromJSON(written) {
    const text = typeof written === 'string' ? written : JSON.stringify(written)
    argument(typeof text === 'string', 'an instance must be JSON text or data')
    return new Instance(OWN, guard(() => native.readInstance(text)))
  }

  toJSON() {
    return this.#form
  }
}

/** The instance that the native side has written. */
const instanceOf = (written) => new Instance(OWN, written)

/** An instance as the native side reads it. */
function textOf(instance) {
  argument(instance instanceof Instance, 'instance must be an Instance: Instance.fromJSON reads one')
  return writtenOf(instance)
}

module.exports = { Given, Instance, instanceOf, textOf }
