'use strict'

// One record at a time is packed into memory that the native side reads, because a call for each
// value would cost more than all the rules. `src/packed.rs` says how the memory is laid out.

const HELD = 8
const HEADS = 1024
const MAX_CELLS = 1024
const NUMBERS = HEADS + 4 * MAX_CELLS
const TEXTS = NUMBERS + 8 * MAX_CELLS
const SIZE = 1 << 17

const memory = new Uint8Array(SIZE)
const total = new Float64Array(memory.buffer, 0, 1)
const held = new Uint8Array(memory.buffer, HELD, HEADS - HELD)
const heads = new Uint32Array(memory.buffer, HEADS, MAX_CELLS)
const numbers = new Float64Array(memory.buffer, NUMBERS, MAX_CELLS)
const texts = new Uint8Array(memory.buffer, TEXTS)
const room = texts.length

/** The kinds of values; what is left out is `undefined`, and 7 is kept aside. */
const TEXT = 1
const NULL = 2
const NUMBER = 3
const TRUE = 4
const FALSE = 5
const DATE = 6
const OTHER = 7

/** Texts longer than this are encoded by the platform. */
const LONG = 128

const encoder = new TextEncoder()
const { getTime } = Date.prototype

/** Where the next text goes. */
let end = 0

/** The values that are not packed: nested objects, arrays, big integers, what has no meaning. */
const others = []

/** Packs a text; `false` where there is no room for it. */
function putText(text, cell) {
  const start = end
  const { length } = text
  if (start + 3 * length > room) return false
  let at = start
  if (length <= LONG) {
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i)
      if (code < 0x80) {
        texts[at++] = code
      } else if (code < 0x800) {
        texts[at++] = 0xc0 | (code >> 6)
        texts[at++] = 0x80 | (code & 0x3f)
      } else if (code < 0xd800 || code > 0xdfff) {
        texts[at++] = 0xe0 | (code >> 12)
        texts[at++] = 0x80 | ((code >> 6) & 0x3f)
        texts[at++] = 0x80 | (code & 0x3f)
      } else {
        at = -1
        break
      }
    }
  } else {
    at = -1
  }
  // Long, or with characters of two code units.
  if (at === -1) at = start + encoder.encodeInto(text, texts.subarray(start)).written
  heads[cell] = ((at - start) << 3) | TEXT
  end = at
  return true
}

/** Packs a value into a cell, or keeps it aside. */
function put(value, cell) {
  if (typeof value === 'string') {
    if (putText(value, cell)) return
  } else if (typeof value === 'number') {
    heads[cell] = NUMBER
    numbers[cell] = value
    return
  } else if (value === null) {
    heads[cell] = NULL
    return
  } else if (value === true || value === false) {
    heads[cell] = value ? TRUE : FALSE
    return
  } else if (value === undefined) {
    heads[cell] = 0
    return
  } else if (value instanceof Date && putDate(value, cell)) {
    return
  }
  heads[cell] = (others.length << 3) | OTHER
  others.push(value)
}

function putDate(value, cell) {
  try {
    numbers[cell] = getTime.call(value)
    heads[cell] = DATE
    return true
  } catch {
    return false // not a date, whatever its prototype says
  }
}

/** Starts a record. */
function start() {
  end = 0
  if (others.length > 0) others.length = 0
}

/** Packs an object if its names are those of a layout, in that order. */
function packSame(record, { names, cells }) {
  if (!isPlain(record) || Object.keys(record).length !== names.length) return false
  start()
  let index = 0
  // Its own names come first: as many as those of the layout, they are those if all are the same.
  for (const name in record) {
    if (index === names.length) break
    if (name !== names[index]) return false
    const cell = cells[index++]
    if (cell !== -1) put(record[name], cell)
  }
  return index === names.length
}

/** Packs an object of which the names are known to be those of a layout. */
function pack(record, { names, cells }) {
  start()
  for (let index = 0; index < names.length; index++) {
    if (cells[index] !== -1) put(record[names[index]], cells[index])
  }
}

/** Whether an object is what its own properties are, if it has any. */
function isPlain(record) {
  return !Array.isArray(record) && !(record instanceof Date) && typeof record.toJSON !== 'function'
}

/** The names of an object that is what its own properties are; `undefined` for any other. */
function namesOf(record) {
  if (!isPlain(record)) return undefined
  const names = Object.keys(record)
  // A `Map` or a `Set` has none, and is more than that.
  return names.length > 0 ? names : undefined
}

module.exports = { held, memory, namesOf, others, pack, packSame, start, total }
