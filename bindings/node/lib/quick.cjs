'use strict'

const { Desk, FINE, REFUSED, isBusy } = require('./desk.cjs')
const { Offering } = require('./offering.cjs')
const { memory } = require('./pack.cjs')

// What is asked and answered, as words; `src/blueprint/quick.rs` says which.
const slip = new Uint8Array(1 << 14)
const asked = new Uint32Array(slip.buffer)

const ENTER = 0
const FIRE = 1
const ANSWERS = 8
const NONE = 0xffffffff

/** How many names, actors and kinds of what is given are remembered. */
const REMEMBERED = 1024

const NOTHING = Object.freeze([])

/** The short way of a blueprint: places, transitions and actors are numbers. */
class Quick {
  #native
  #desk
  #places = []
  #byName = new Map()
  #actors = new Map()
  #names = []
  #given = []
  /** When what is moved now begins. */
  #since

  constructor(native) {
    this.#desk = new Desk(() => (this.#native = native.quick(memory, slip)))
    this.#since = native.now()
  }

  /** The moment of all that is done here, as text. */
  get since() {
    return this.#since
  }

  /** The place of an instance; nothing where there is more to it. */
  placeOf(written) {
    const id = this.#native.place(written)
    return id === null ? undefined : this.#place(id)
  }

  /** Where a record enters: a place, `null`, or `undefined` for the long way. */
  enter(record) {
    if (isBusy()) return undefined
    asked[0] = ENTER
    asked[2] = asked[3] = asked[4] = NONE
    if (this.#desk.ask(record, NOTHING, 0) !== FINE) return undefined
    const id = asked[ANSWERS]
    return id === NONE ? null : this.#place(id)
  }

  /** The names that are offered; or nothing. */
  offered(place, record, by) {
    const actor = by === undefined ? NONE : this.#actor(by)
    if (actor === undefined) return undefined
    place.offering ??= Offering.at(this.#native, place.id)
    return place.offering?.names(record, actor === NONE ? 0 : actor + 1)
  }

  /** Where a transition leads and what is written, `null` where it is refused, or nothing. */
  fire(place, transition, given, record, by) {
    const actor = this.#actor(by)
    const name = this.#name(transition)
    const keys = Object.keys(given)
    const kind = keys.length === 0 ? NONE : this.#kind(keys)
    if (actor === undefined || name === undefined || kind === undefined) return undefined
    if (isBusy()) return undefined
    asked[0] = FIRE
    asked[1] = place.id
    asked[2] = name
    asked[3] = actor
    asked[4] = kind
    const values = keys.length === 0 ? NOTHING : keys.map((key) => given[key])
    const status = this.#desk.ask(record, values, 0)
    if (status === REFUSED) return null
    if (status !== FINE) return undefined
    const to = this.#place(asked[ANSWERS])
    const made = this.#named(asked[ANSWERS + 1])
    const fields = {}
    const count = asked[ANSWERS + 2]
    for (let i = 0, at = ANSWERS + 3; i < count; i++, at += 2) {
      const source = asked[at + 1]
      fields[this.#named(asked[at])] = source === NONE ? to.state : values[source]
    }
    return { to, made, fields }
  }

  #place(id) {
    return (this.#places[id] ??= { id, offering: undefined, ...JSON.parse(this.#native.about(id)) })
  }

  #named(id) {
    return (this.#names[id] ??= this.#native.name(id))
  }

  #name(name) {
    return remembered(this.#byName, name, () => this.#native.named(name))
  }

  #actor(by) {
    if (by === undefined || by === null) return NONE
    if (typeof by !== 'string') return undefined
    return remembered(this.#actors, by, () => this.#native.actor(by))
  }

  #kind(keys) {
    const same = (known) => known.length === keys.length && known.every((key, i) => key === keys[i])
    let kind = this.#given.findIndex(same)
    if (kind === -1) {
      if (this.#given.length >= 16 || this.#native.given(keys) === null) return undefined
      kind = this.#given.push(keys) - 1
    }
    return kind
  }
}

function remembered(known, name, learn) {
  let id = known.get(name)
  if (id === undefined) {
    if (known.size >= REMEMBERED) return undefined
    id = learn() ?? undefined
    known.set(name, id)
  }
  return id
}

module.exports = { Quick }
