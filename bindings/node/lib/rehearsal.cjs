'use strict'

const native = require('../native.cjs')
const { list } = require('./batch.cjs')
const { decision } = require('./decision.cjs')
const { guard } = require('./errors.cjs')
const { argument, clock, options } = require('./options.cjs')
const { State, nativeOf, programOf } = require('./state.cjs')
const { usersOf } = require('./users.cjs')

const OPTIONS = ['now', 'zone', 'state', 'users', 'records', 'trace']

/** A host in memory. */
class Rehearsal {
  #native
  #lang
  #history = []

  constructor(program, given) {
    const known = programOf(program)
    const { state, users, records = {}, trace = false, ...rest } = options(given, OPTIONS)
    const { now, zone } = clock(rest)
    const kept = state === undefined ? undefined : nativeOf(state)
    const who = usersOf(users, known.lang)
    this.#lang = known.lang
    this.#native = guard(() => new native.Rehearsal(known.native, kept, who, now, zone, Boolean(trace)))
    for (const [module, some] of Object.entries(records)) {
      for (const record of list(some)) guard(() => this.#native.put(module, record))
    }
  }

  send(event) {
    const decided = decision(guard(() => this.#native.send(event)), this.#lang)
    this.#history.push({ at: this.now, decision: decided })
    return decided
  }

  advance(until) {
    const { now } = clock({ now: until })
    argument(now !== undefined, 'until must be a Date or an ISO string')
    const fired = guard(() => this.#native.advance(now)).map((one) => {
      return { at: new Date(one.at), decision: decision(one.decision, this.#lang) }
    })
    this.#history.push(...fired)
    return fired
  }

  get now() {
    const now = this.#native.now()
    return now ? new Date(now) : null
  }

  get records() {
    const found = JSON.parse(guard(() => this.#native.records()))
    return found.map(([module, id, record]) => ({ module, id, record }))
  }

  get state() {
    return State.fromJSON(guard(() => this.#native.state()))
  }

  get history() {
    return [...this.#history]
  }
}

module.exports = { Rehearsal }
