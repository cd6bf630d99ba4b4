'use strict'

// Texts that records repeat are given to the native side by number. A field of which the texts
// hardly repeat is left alone for a while, then tried again.

/** Longer texts are not learnt: they hardly repeat, and finding them again takes longest. */
const LONGEST = 64

/** How many texts of a name are known at once, and of how many names. */
const MOST = 256
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
  /** How many tables the native side has: the first is its own. */
  tables = 1
}

/** The texts that the records of a desk have under one name. */
class Texts {
  /** Whether they are looked up. */
  isOn = true
  /** Those that are known, with their numbers. (Looked up faster than in a `Map`.) */
  numbers = dictionary()
  /** Which table of the native side has them; -1 before there are any. */
  table = -1

  #reading
  #pace
  #since
  #size = 0
  #missed = 0
  #pause = PAUSE

  constructor(reading, pace) {
    this.#reading = reading
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
    // One with half a character is another for the native side.
    if (this.#size >= MOST || text.length > LONGEST || !text.isWellFormed()) return -1
    const number = this.#size++
    if (this.table === -1) this.table = this.#pace.tables++
    this.#reading.know(this.table, text)
    this.numbers[text] = number
    return number
  }

  /** Whether it is time to look texts up again. */
  wakes() {
    if (((this.#pace.records - this.#since) | 0) < this.#pause) return false
    this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE)
    if (this.#size >= MOST) {
      this.numbers = dictionary()
      this.#size = 0
      this.#reading.unlearn(this.table)
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

/** An object that is looked up by any text, and has no names of its own accord. */
function dictionary() {
  const empty = Object.create(null)
  // After this it is no longer laid out as objects are that have few names.
  empty.first = empty.second = 0
  delete empty.first
  delete empty.second
  return empty
}

module.exports = { MOST_NAMES, Pace, Texts }
