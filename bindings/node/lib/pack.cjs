'use strict'

// One record at a time is packed into memory that the native side reads, because a call for each
// value would cost more than all the rules. `src/packed.rs` says how the memory is laid out.

const END = 8
const HELD = 16
const HEADS = 1024
const MAX_CELLS = 1024
const NUMBERS = HEADS + 8 * MAX_CELLS
const TEXTS = NUMBERS + 8 * MAX_CELLS
const SIZE = 1 << 17

const memory = new Uint8Array(SIZE)
const total = new Float64Array(memory.buffer, 0, 1)
const held = new Uint8Array(memory.buffer, HELD, HEADS - HELD)
const ends = new Uint32Array(memory.buffer, END, 1)
const heads = new Uint32Array(memory.buffer, HEADS, 2 * MAX_CELLS)
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
  end = length <= LONG ? encode(text, start) : -1
  // Long, or with characters of two code units.
  if (end === -1) end = start + encoder.encodeInto(text, texts.subarray(start)).written
  heads[2 * cell] = ((end - start) << 3) | TEXT
  heads[2 * cell + 1] = start
  return true
}

/** Writes the UTF-8 of a text, and says where it ends; -1 if it has characters of two code units. */
function encode(text, start) {
  let at = start
  for (let i = 0; i < text.length; i++) {
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
      return -1
    }
  }
  return at
}

/** Packs a value into a cell, or keeps it aside. */
function put(value, cell) {
  if (typeof value === 'string') {
    if (putText(value, cell)) return
  } else if (typeof value === 'number') {
    heads[2 * cell] = NUMBER
    numbers[cell] = value
    return
  } else if (value === null) {
    heads[2 * cell] = NULL
    return
  } else if (value === true || value === false) {
    heads[2 * cell] = value ? TRUE : FALSE
    return
  } else if (value === undefined) {
    heads[2 * cell] = 0
    return
  } else if (value instanceof Date && putDate(value, cell)) {
    return
  }
  heads[2 * cell] = (others.length << 3) | OTHER
  others.push(value)
}

function putDate(value, cell) {
  try {
    numbers[cell] = getTime.call(value)
    heads[2 * cell] = DATE
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
function packSame(record, { names, places }) {
  if (!isPlain(record) || Object.keys(record).length !== names.length) return false
  start()
  let index = 0
  // Its own names come first: as many as those of the layout, they are those if all are the same.
  for (const name in record) {
    if (index === names.length) break
    if (name !== names[index]) return false
    const place = places[index++]
    if (place === -1) continue
    const value = record[name]
    if (typeof value !== 'string') {
      put(value, place >> 1)
      continue
    }
    // Of a text that only must not be blank, one visible character says it.
    const length = (place & 1) === 1 && isVisible(value) ? 1 : value.length
    const at = end
    if (length > LONG || at + 2 * LONG > room) {
      put(value, place >> 1)
      continue
    }
    // Most texts are ASCII: written without asking.
    let all = 0
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i)
      all |= code
      texts[at + i] = code
    }
    if (all < 0x100) {
      end = all < 0x80 ? at + length : widen(at, length)
      const head = place & ~1 // two words a cell
      heads[head] = ((end - at) << 3) | TEXT
      heads[head + 1] = at
    } else {
      put(value, place >> 1)
    }
  }
  ends[0] = end
  return index === names.length
}

/** Makes UTF-8 of Latin-1 where it stands, from its end on; says where it ends then. */
function widen(start, length) {
  let from = start + length - 1
  let to = from
  for (let i = start; i <= from; i++) to += texts[i] >> 7
  const last = to
  while (to > from) {
    const code = texts[from--]
    if (code < 0x80) {
      texts[to--] = code
    } else {
      texts[to--] = 0x80 | (code & 0x3f)
      texts[to--] = 0xc0 | (code >> 6)
    }
  }
  return last + 1
}

/** Whether the first character of a text is one of ASCII, and no white space. */
function isVisible(text) {
  const code = text.charCodeAt(0) // NaN of an empty text
  return code > 0x20 && code < 0x7f
}

/** Packs an object of which the names are known to be those of a layout. */
function pack(record, { names, places }) {
  start()
  for (let index = 0; index < names.length; index++) {
    if (places[index] !== -1) put(record[names[index]], places[index] >> 1)
  }
  ends[0] = end
}

/** Packs simple values behind a record, into the cells from `cell` on; `false` if one is not. */
function packMore(values, cell) {
  if (cell + values.length > MAX_CELLS) return false
  for (const value of values) {
    if (value === undefined || (typeof value === 'object' && value !== null)) return false
    put(value, cell++)
  }
  ends[0] = end
  return true
}

/** Whether an object is what its own properties are, if it has any. */
function isPlain(record) {
  return !Array.isArray(record) && !(record instanceof Date) && typeof record.toJSON !== 'function'
}

/** Whether a value is an object that is what its own properties are, and has some. */
function isRecord(record) {
  if (typeof record !== 'object' || record === null || !isPlain(record)) return false
  for (const name in record) return Object.hasOwn(record, name)
  return false
}

/** The names of an object that is what its own properties are; `undefined` for any other. */
function namesOf(record) {
  if (!isPlain(record)) return undefined
  const names = Object.keys(record)
  // A `Map` or a `Set` has none, and is more than that.
  return names.length > 0 ? names : undefined
}

module.exports = { held, isRecord, memory, namesOf, others, pack, packMore, packSame, start, total }
