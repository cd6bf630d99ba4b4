'use strict'

const native = require('../native.cjs')
const { decision } = require('./decision.cjs')
const { RecordChangedError, Refused, guard } = require('./errors.cjs')
const { Given, Instance, instanceAt, instanceOf, placeIn, textOf } = require('./instance.cjs')
const { offers } = require('./obstacle.cjs')
const { argument, clock, optional, options, orNull, text } = require('./options.cjs')
const { Quick } = require('./quick.cjs')
const { nativeOf: nativeState } = require('./state.cjs')
const { usersOf } = require('./users.cjs')

/** What goes with a transition. */
const AROUND = ['id', 'recordId', 'state', 'related', 'trace']

const NOTHING = Object.freeze({})

/**
 * A blueprint, or all of a program, under one clock. Most calls are simple and take the short way,
 * through memory that the native side shares; whatever needs more is asked again at length.
 */
class Blueprint {
  #native
  #lang
  /** Made when the second call comes: one alone is not worth it. */
  #quick
  #calls = 0

  constructor(program, name, given) {
    const { users, ...rest } = options(given, ['users', 'now', 'zone'])
    const { now, zone } = clock(rest)
    orNull(name, 'name', 'the name of a blueprint')
    const { native: core, lang } = program
    this.#lang = lang
    this.#native = guard(() => new native.Blueprint(core, name, usersOf(users, lang), now, zone))
    Object.defineProperty(this, 'name', { value: this.#native.name ?? null, enumerable: true })
  }

  enter(record, given) {
    const short = given === undefined ? this.#short()?.enter(record) : undefined
    if (short !== undefined) return short && this.#arrived(short, undefined, undefined, undefined)
    const { module } = options(given, ['module'])
    optional(module, 'module')
    const entered = guard(() => this.#native.enter(record, module))
    return entered === null ? null : instanceOf(entered)
  }

  offered(instance, record, given) {
    const by = given === undefined ? undefined : options(given, ['by']).by
    const quick = this.#short()
    const place = quick && placeIn(instance, quick)
    const names = place && quick.offered(place, record, by)
    if (names !== undefined) return names
    const offers = this.#offers(instance, record, by, false)
    return offers.filter(({ offered }) => offered).map(({ transition }) => transition)
  }

  available(instance, record, given) {
    const { by, why = false } = options(given, ['by', 'why'])
    return offers(this.#offers(instance, record, by, Boolean(why)), this.#lang)
  }

  fire(instance, transition, given, record, rest) {
    return this.#shortly(instance, transition, given, record, rest) || this.#fire(instance, transition, given, record, rest)
  }

  tryFire(instance, transition, given, record, rest) {
    const short = this.#shortly(instance, transition, given, record, rest)
    if (short) return short
    if (short === null) {
      const asked = [transition, { ...given }, { ...record }, rest]
      return new Refusal(() => refusedBy(() => this.#fire(instance, ...asked)))
    }
    try {
      return this.#fire(instance, transition, given, record, rest)
    } catch (error) {
      if (error instanceof Refused) return new Refusal(() => error)
      throw error
    }
  }

  form(instance, transition, record) {
    const from = textOf(instance)
    const form = JSON.parse(guard(() => this.#native.form(from, text(transition, 'transition'), record)))
    const { messages = [], fields = [], extras = [], draft } = form
    return {
      transition: form.transition,
      messages,
      fields,
      extras: extras.map(({ of = [], ...extra }) => ({ ...extra, of })),
      draft: draft ? Given.from(draft) : null,
    }
  }

  saveDraft(instance, transition, given, rest) {
    const { by } = options(rest, ['by'])
    const from = textOf(instance)
    const give = Given.of(given)
    return instanceOf(guard(() => this.#native.saveDraft(from, text(transition, 'transition'), give, by)))
  }

  steps(instance) {
    const from = textOf(instance)
    const found = JSON.parse(guard(() => this.#native.steps(from)))
    return found.map(({ at, step }) => {
      const { step: kind, transition = null, number = null, level = null } = step
      return { at: new Date(at), step: kind, transition, number, level }
    })
  }

  takeStep(instance, step, record, rest) {
    const { state, trace = false, ...around } = options(rest, AROUND)
    const kept = state === undefined ? undefined : nativeState(state)
    argument(typeof step === 'object' && step !== null, 'a step must be one of steps()')
    const { at, ...about } = step
    const known = Object.entries(about).filter(([, value]) => value !== null && value !== undefined)
    const due = JSON.stringify({ at, step: Object.fromEntries(known) })
    const from = textOf(instance)
    return this.#done(guard(() => this.#native.takeStep(from, due, record, around, kept, Boolean(trace))))
  }

  exit(instance) {
    const from = textOf(instance)
    return instanceOf(guard(() => this.#native.exit(from)))
  }

  #short() {
    if (this.#quick === undefined && ++this.#calls > 1) this.#quick = new Quick(this.#native)
    return this.#quick?.since ? this.#quick : undefined
  }

  /** A transition that is made the short way, `null` where that refuses it, or nothing. */
  #shortly(instance, transition, given, record, rest) {
    const quick = this.#short()
    if (quick === undefined || typeof transition !== 'string' || !isPlain(given) || !isOnlyBy(rest)) return undefined
    const place = placeIn(instance, quick)
    const short = place && quick.fire(place, transition, given ?? NOTHING, record, rest?.by)
    return short && this.#moved(instance, short, [transition, { ...given }, { ...record }, rest])
  }

  #arrived(place, before, transition, by) {
    const { state: to } = place
    const at = this.#quick.since
    const move = transition === undefined ? { to, at } : { transition, from: before.state, to, at }
    if (by !== undefined && by !== null) move.by = by
    return instanceAt(place, this.#quick, before, move)
  }

  /** A transition that was made the short way: with nothing to it but fields. */
  #moved(before, { to, made, fields }, asked) {
    const instance = this.#arrived(to, before, made, asked[3]?.by)
    return new Fired(instance, fields, () => this.#fire(before, ...asked).decision)
  }

  #fire(instance, transition, given, record, rest) {
    const { by, state, trace = false, ...around } = options(rest, ['by', ...AROUND])
    const kept = state === undefined ? undefined : nativeState(state)
    const from = textOf(instance)
    const give = Given.of(given)
    text(transition, 'transition')
    return this.#done(
      guard(() => this.#native.fire(from, transition, give, record, by, around, kept, Boolean(trace))),
    )
  }

  #offers(instance, record, by, why) {
    const from = textOf(instance)
    return JSON.parse(guard(() => this.#native.available(from, record, by, why)))
  }

  #done({ instance, fields, decision: reasons }) {
    const made = decision(reasons, this.#lang)
    return new Fired(instanceOf(instance), JSON.parse(fields), () => made)
  }
}

/** A transition that was made; nothing has been done yet. */
class Fired {
  #decision
  #decide

  get made() {
    return true
  }

  constructor(instance, fields, decide) {
    this.instance = instance
    this.fields = fields
    this.#decide = decide
  }

  get decision() {
    return (this.#decision ??= this.#decide())
  }

  get changes() {
    return this.decision.changes
  }

  get effects() {
    return this.decision.effects
  }

  get timers() {
    return this.decision.timers
  }

  get next() {
    return this.decision.next
  }
}

/** A transition that was not made; what stands in its way is told when it is asked for. */
class Refusal {
  #error
  #refuse

  constructor(refuse) {
    this.#refuse = refuse
  }

  get made() {
    return false
  }

  get obstacles() {
    return this.#told.obstacles
  }

  get message() {
    return this.#told.message
  }

  get #told() {
    return (this.#error ??= this.#refuse())
  }
}

/** The refusal that a call throws. */
function refusedBy(call) {
  try {
    call()
  } catch (error) {
    if (error instanceof Refused) return error
    throw error
  }
  throw new RecordChangedError('the record is no longer the one that was refused')
}

/** Whether what is given is fields by name in a plain object, or nothing. */
function isPlain(given) {
  if (given === undefined || given === null) return true
  if (typeof given !== 'object') return false
  const prototype = Object.getPrototypeOf(given)
  return prototype === Object.prototype || prototype === null
}

/** Whether options say at most who acts. */
function isOnlyBy(given) {
  if (given === undefined) return true
  if (typeof given !== 'object' || given === null) return false
  for (const key in given) {
    if (key !== 'by') return false
  }
  return true
}

module.exports = { Blueprint, Given, Instance }
