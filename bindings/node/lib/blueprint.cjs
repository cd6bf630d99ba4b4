'use strict'

const native = require('../native.cjs')
const { decision } = require('./decision.cjs')
const { guard } = require('./errors.cjs')
const { Given, Instance, instanceOf, textOf } = require('./instance.cjs')
const { obstacles } = require('./obstacle.cjs')
const { argument, clock, options, text } = require('./options.cjs')
const { nativeOf: nativeState } = require('./state.cjs')
const { usersOf } = require('./users.cjs')

/** What goes with a transition. */
const AROUND = ['id', 'recordId', 'state', 'related', 'trace']

/** A blueprint, or all of a program, under one clock. */
class Blueprint {
  #native
  #lang

  constructor(program, name, given) {
    const { users, ...rest } = options(given, ['users', 'now', 'zone'])
    const { now, zone } = clock(rest)
    argument(name === undefined || name === null || typeof name === 'string', 'name must be the name of a blueprint')
    const { native: core, lang } = program
    this.#lang = lang
    this.#native = guard(() => new native.Blueprint(core, name, usersOf(users, lang), now, zone))
    Object.defineProperty(this, 'name', { value: this.#native.name ?? null, enumerable: true })
  }

  enter(record, given) {
    const { module } = options(given, ['module'])
    argument(module === undefined || typeof module === 'string', 'module must be a string')
    const entered = guard(() => this.#native.enter(record, module))
    return entered === null ? null : instanceOf(entered)
  }

  offered(instance, record, given) {
    const { by } = options(given, ['by'])
    const offers = this.#offers(instance, record, by, false)
    return offers.filter(({ offered }) => offered).map(({ transition }) => transition)
  }

  available(instance, record, given) {
    const { by, why = false } = options(given, ['by', 'why'])
    return this.#offers(instance, record, by, Boolean(why)).map(({ why_not: found, parent = null, ...offer }) => ({
      ...offer,
      parent,
      whyNot: obstacles(found, this.#lang),
    }))
  }

  fire(instance, transition, given, record, rest) {
    const { by, state, trace = false, ...around } = options(rest, ['by', ...AROUND])
    const kept = state === undefined ? undefined : nativeState(state)
    text(transition, 'transition')
    const from = textOf(instance)
    const give = Given.of(given)
    return this.#done(
      guard(() => this.#native.fire(from, transition, give, record, by, around, kept, Boolean(trace))),
    )
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

  #offers(instance, record, by, why) {
    const from = textOf(instance)
    return JSON.parse(guard(() => this.#native.available(from, record, by, why)))
  }

  #done({ instance, fields, decision: reasons }) {
    const made = decision(reasons, this.#lang)
    const { changes, effects, timers } = made
    return { instance: instanceOf(instance), fields: JSON.parse(fields), changes, effects, timers, decision: made }
  }
}

module.exports = { Blueprint, Given, Instance }
