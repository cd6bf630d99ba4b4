'use strict'

// Texts that records repeat are given to the native side by number. A field of which the texts
// hardly repeat is left alone for a while, then tried again.

/** Longer texts are not looked up: they hardly repeat, and finding them again takes longest. */
const LONGEST = 64

/** How many texts of a name are known at once, and of how many names. */
const MOST = 4096
const MOST_NAMES = 256

/** After so many records it is seen whether texts repeat: hardly at all, or too little. */
const SOON = 256
const LATER = 2048

/** How many records pass before texts that do not repeat are tried again: at first, and at most. */
const PAUSE = 1 << 13
const LONGEST_PAUSE = 1 << 22

/** What the texts of a desk share. */
class Pace {
  /** How many records were packed, as a number of 32 bits that goes round. */
  records = 0
  /** How many tables the native side has. */
  tables = 0
}

/** The texts that the records of a desk have under one name. */
class Texts {
  /** Whether they are looked up. */
  isOn = true
  /** Those that are known, with their numbers. */
  known = new Map()
  /** Which table of the native side has them; -1 before there are any. */
  table = -1

  #native
  #pace
  #since
  #missed = 0
  #pause = PAUSE

  constructor(native, pace) {
    this.#native = native
    this.#pace = pace
    this.#since = pace.records
  }

  /** Learns a text that is not known; its number, or -1. */
  learn(text) {
    this.#missed++
    const records = (this.#pace.records - this.#since) | 0
    if (records >= SOON) {
      const share = this.#missed / records
      if (share > 15 / 16 || (records >= LATER && share > 1 / 2)) {
        this.#rest()
        return -1
      }
      if (records >= LATER) this.#begin()
    }
    const number = this.known.size
    if (number >= MOST || text.length > LONGEST) return -1
    // The text as a name: a copy that does not keep a text alive of which it was a part.
    const copy = Object.keys({ [text]: 0 })[0]
    // With half a character, which the native side reads as another, it is not looked up.
    if (!copy.isWellFormed()) return -1
    if (this.table === -1) this.table = this.#pace.tables++
    this.#native.know(this.table, copy)
    this.known.set(copy, number)
    return number
  }

  /** Whether it is time to look texts up again. */
  wakes() {
    if (((this.#pace.records - this.#since) | 0) < this.#pause) return false
    this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE)
    if (this.known.size >= MOST) {
      this.known.clear()
      this.#native.unlearn(this.table)
    }
    this.#begin()
    this.isOn = true
    return true
  }

  #rest() {
    this.isOn = false
    this.#begin()
  }

  #begin() {
    this.#missed = 0
    this.#since = this.#pace.records
  }
}

module.exports = { LONGEST, MOST_NAMES, Pace, Texts }
