'use strict'

const native = require('../native.cjs')
const decisions = require('./decision.cjs')
const { guard } = require('./errors.cjs')
const natives = require('./natives.cjs')
const { argument, clock, optional, options, text } = require('./options.cjs')

/** The native side of a state. */
let nativeOf

/** What is remembered between events. */
class State {
  #native

  static {
    nativeOf = (state) => {
      argument(state instanceof State, 'state must be a State')
      return state.#native
    }
  }

  constructor() {
    this.#native = new native.State()
  }

  static fromJSON(written) {
    const form = typeof written === 'string' ? written : JSON.stringify(written)
    const state = new State()
    state.#native = guard(() => new native.State(text(form, 'state')))
    return state
  }

  toJSON() {
    return JSON.parse(guard(() => this.#native.json()))
  }

  apply(decision) {
    argument(typeof decision === 'object' && decision !== null, 'a decision must be an object')
    const changed = decision instanceof State ? decision : decision.state
    guard(() => this.#native.apply(text(JSON.stringify(changed), 'state')))
  }

  due(program, now, given) {
    const { now: at, zone } = clock({ now, ...options(given, ['zone']) })
    const found = guard(() => this.#native.due(programOf(program).native, at, zone))
    return JSON.parse(found).map(decisions.due)
  }

  nextDue() {
    const next = this.#native.nextDue()
    return next ? new Date(next) : null
  }

  tick(program, now, given) {
    const { now: at, zone } = clock({ now, ...options(given, ['zone']) })
    guard(() => this.#native.tick(programOf(program).native, at, zone))
  }

  forget(module, id, rule) {
    optional(rule, 'rule', 'the name of a rule')
    this.#native.forget(text(module, 'module'), String(id), rule)
  }
}

/** The native side and the language of a program. */
function programOf(program) {
  const known = natives.get(program)
  argument(known !== undefined, 'program must be a Program')
  return known
}

module.exports = { State, nativeOf: (state) => nativeOf(state), programOf }
