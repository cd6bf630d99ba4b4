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
    return given instanceof Given ? given : new Given(given ?? {})
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

const NONE = Object.freeze([])
const NOTHING = Object.freeze({})

/** What is behind an instance. */
let writtenOf
let placeOf
let formOf

/** A moment that many instances share. */
let lastAt
let lastDate

function date(at) {
  if (at === undefined) return null
  if (at !== lastAt) {
    lastAt = at
    lastDate = new Date(at)
  }
  return lastDate
}

/** Where a record stands in its blueprint: immutable. */
class Instance {
  /** As JSON text, and as data; either is made of what there is when it is first asked for. */
  #written
  #form
  /** Where nothing but the place is known: the instance before, and the step from it. */
  #before
  #move
  /** The number of the place, and whose. */
  #place
  #owner

  static {
    writtenOf = (instance) => (instance.#written ??= JSON.stringify(formOf(instance)))
    formOf = (instance) => (instance.#form ??= instance.#made())
    placeOf = (instance, owner) => {
      if (instance.#owner !== owner) {
        instance.#owner = owner
        instance.#place = owner.placeOf(writtenOf(instance))
      }
      return instance.#place
    }
  }

  constructor(own, form, place, owner, before, move) {
    argument(own === OWN, 'an instance is what enter, fire or Instance.fromJSON gives')
    this.#place = place
    this.#owner = owner
    if (form === undefined) {
      this.#before = before
      this.#move = move
      this.blueprint = place.blueprint
      this.content = place.content
      this.state = place.state
      this.since = date(move.at)
      this.told = []
      this.left = null
      this.drafts = NONE
      this.progress = NOTHING
      return
    }
    this.#form = form
    this.blueprint = form.blueprint
    this.content = form.content
    this.state = form.state
    this.since = date(form.since)
    this.told = form.told ?? []
    this.left = date(form.left)
    this.drafts = form.drafts ? form.drafts.map(draft) : NONE
    this.progress = form.progress
      ? Object.fromEntries(form.progress.map(({ transition, done }) => [transition, done]))
      : NOTHING
  }

  get history() {
    return (formOf(this).history ?? []).map(({ transition = null, from = null, to, at, by = null }) => ({
      transition,
      from,
      to,
      at: new Date(at),
      by,
    }))
  }

  static fromJSON(written) {
    const text = typeof written === 'string' ? written : JSON.stringify(written)
    argument(typeof text === 'string', 'an instance must be JSON text or data')
    return instanceOf(guard(() => native.readInstance(text)))
  }

  toJSON() {
    return formOf(this)
  }

  /** The data of an instance that is only a place: the steps are gathered from the last to the first. */
  #made() {
    const { blueprint, content, state } = this
    const steps = []
    let instance = this
    while (instance !== undefined && instance.#form === undefined) {
      steps.push(instance.#move)
      instance = instance.#before
    }
    const history = [...(instance?.#form.history ?? []), ...steps.reverse()]
    return { blueprint, content, state, since: this.#move.at, history }
  }
}

const draft = ({ transition, given, saved, by = null }) => ({
  transition,
  given: Given.from(given),
  saved: new Date(saved),
  by,
})

/** The instance that the native side has written. */
const instanceOf = (written) => new Instance(OWN, JSON.parse(written))

/** The instance at a place, after a step from another. */
const instanceAt = (place, owner, before, move) => new Instance(OWN, undefined, place, owner, before, move)

function checked(instance) {
  argument(instance instanceof Instance, 'instance must be an Instance: Instance.fromJSON reads one')
  return instance
}

module.exports = {
  Given,
  Instance,
  instanceAt,
  instanceOf,
  /** An instance as the native side reads it. */
  textOf: (instance) => writtenOf(checked(instance)),
  /** The place of an instance for the short way; nothing where there is more to it. */
  placeIn: (instance, owner) => placeOf(checked(instance), owner),
}
