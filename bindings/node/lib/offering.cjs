'use strict'

const { Desk, FINE } = require('./desk.cjs')
const { isRecord } = require('./pack.cjs')

const NOTHING = Object.freeze([])

/** What is offered at a place of a blueprint. */
class Offering {
  #native
  #desk
  /** The names of each answer, by its number. */
  #answers = []
  /** Whether records are read at all; where they are not, the names for nobody in particular. */
  #reads
  #always

  constructor(native) {
    this.#native = native
    this.#desk = new Desk(() => native)
    this.#reads = native.reads
  }

  /** That of a place by its number; nothing where nothing can be offered. */
  static at(native, place) {
    const offering = native.offering(place)
    return offering === null ? undefined : new Offering(offering)
  }

  /** The names that are offered to an actor by number, 0 where nobody is named; or nothing. */
  names(record, actor) {
    if (actor === 0 && this.#always !== undefined && isRecord(record)) return this.#always.slice()
    const answer = this.#desk.ask(record, NOTHING, actor)
    if ((answer & 3) !== FINE) return undefined
    const number = answer >>> 2
    const names = (this.#answers[number] ??= this.#native.names(number))
    if (actor === 0 && !this.#reads) this.#always = names
    return names.slice()
  }
}

module.exports = { Offering }
