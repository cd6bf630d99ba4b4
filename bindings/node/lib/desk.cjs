'use strict'

const { ask, clear, lentTexts, memory, namesOf, others, pack, packMore, packSame, prepare } = require('./pack.cjs')
const { MOST_NAMES, Pace, Texts } = require('./texts.cjs')

/** The answers are in memory. */
const FINE = 0
/** The record is to be read in full: it holds a wrong value, or is no plain object. */
const SLOW = 1
/** The native side has learnt another field: the record is to be packed again. */
const STALE = 2
/** What is asked is refused. */
const REFUSED = 3

/** How many layouts are remembered. */
const REMEMBERED = 32

/** Whether the memory is in use: a getter of a record may ask for another score. */
let busy = false

/** Where records are judged one at a time. */
class Desk {
  #native
  /** What is read of records. */
  #reading
  #run
  #layouts = []
  #last
  #pace = new Pace()
  /** The texts that are known, by the names that they stand under. */
  #texts = new Map()
  #now
  #zone
  #ready = false

  /** `make` gives the native side, for this memory. */
  constructor(make) {
    this.#native = make(memory)
    this.#reading = this.#native.reading()
    this.#run = this.#native.runner()
  }

  /** Sets the clock. Throws what the native side does. */
  prepare(now, zone) {
    if (this.#ready && now === this.#now && zone === this.#zone) return
    this.#ready = false
    this.#native.setClock(now, zone)
    this.#now = now
    this.#zone = zone
    this.#ready = true
  }

  /** Judges a record: `FINE` and the answers are in memory, or `SLOW`. */
  judge(record, now, zone) {
    this.prepare(now, zone)
    if (busy || typeof record !== 'object' || record === null) return SLOW
    busy = true
    try {
      for (;;) {
        const layout = this.#pack(record)
        if (layout === undefined) return SLOW
        const status = others.length > 0 ? this.#askWith(record) : ask(layout, 0, SLOW)
        if (status !== STALE) return status
        this.#forget()
      }
    } finally {
      busy = false
      clear()
    }
  }

  /**
   * Asks something of a record and of values that go with it, under the clock that the native side
   * has: what it answers, or `SLOW`. `who` is handed on.
   */
  ask(record, values, who) {
    if (busy || typeof record !== 'object' || record === null) return SLOW
    busy = true
    try {
      for (;;) {
        const layout = this.#pack(record)
        if (layout === undefined) return SLOW
        if (values.length > 0 && !packMore(values, layout.cells)) return SLOW
        if (others.length > 0) return SLOW
        const status = ask(layout, who, SLOW)
        if (status !== STALE) return status
        this.#forget()
      }
    } finally {
      busy = false
      clear()
    }
  }

  /** What the native side says of the last total. */
  describe() {
    return JSON.parse(this.#native.describe())
  }

  /** Packs a record; the layout that it has, or nothing if it cannot be packed. */
  #pack(record) {
    const last = this.#last
    if (last !== undefined && packSame(record, last)) return last
    const names = namesOf(record)
    if (names === undefined) return undefined
    const isSame = (known) => known.names.length === names.length && known.names.every((name, i) => name === names[i])
    const layout = this.#layouts.find(isSame) ?? this.#learn(names)
    if (layout === undefined) return undefined
    pack(record, layout)
    this.#last = layout
    return layout
  }

  #askWith(record) {
    const call = () => this.#native.runWith([record, ...others], lentTexts())
    return ask({ call }, 0, SLOW)
  }

  #learn(names) {
    if (this.#layouts.length >= REMEMBERED) this.#forget()
    const places = this.#reading.layout(names)
    if (places === null) return undefined
    const cells = places.filter((place) => place !== -1).length
    const texts = names.map((name, index) => this.#textsOf(name, places[index]))
    const layout = { id: this.#layouts.length, names, places: Int32Array.from(places), cells, texts, pace: this.#pace, read: undefined, call: undefined }
    prepare(layout, this.#run)
    this.#layouts.push(layout)
    return layout
  }

  /** The texts that are known under a name, where more is asked of them than whether they are blank. */
  #textsOf(name, place) {
    if (place === -1 || (place & 1) === 1) return undefined
    const known = this.#texts.get(name)
    if (known !== undefined || this.#texts.size >= MOST_NAMES) return known
    const texts = new Texts(this.#reading, this.#pace)
    this.#texts.set(name, texts)
    return texts
  }

  #forget() {
    this.#reading.forget()
    this.#layouts.length = 0
    this.#last = undefined
  }
}

/** Whether a record is being packed: a getter of it is asking. */
const isBusy = () => busy

module.exports = { Desk, FINE, REFUSED, isBusy }
