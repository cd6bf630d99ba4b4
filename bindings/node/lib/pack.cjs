'use strict'

// One record at a time is packed into memory that the native side reads, because a call for each
// value would cost more than all the rules. `src/packed.rs` says how the memory is laid out.

const WORDS = 8
const HELD = 24
const HEADS = 1032
const MAX_CELLS = 1024
const NUMBERS = HEADS + 8 * MAX_CELLS
const TEXTS = NUMBERS + 8 * MAX_CELLS
const SIZE = 1 << 17

const memory = new Uint8Array(SIZE)
const total = new Float64Array(memory.buffer, 0, 1)
const held = new Uint8Array(memory.buffer, HELD, HEADS - HELD)
const words = new Uint32Array(memory.buffer, WORDS, 4)
const heads = new Uint32Array(memory.buffer, HEADS, 2 * MAX_CELLS)
const numbers = new Float64Array(memory.buffer, NUMBERS, MAX_CELLS)
const texts = new Uint8Array(memory.buffer, TEXTS)
const room = texts.length

/** Among the words: where the texts end, the layout, who asks, what came of it. */
const END = 0
const LAYOUT = 1
const ASKER = 2
const STATUS = 3

/** The kinds of values; what is left out is `undefined`, and what is kept aside or known by number. */
const TEXT = 1
const NULL = 2
const NUMBER = 3
const TRUE = 4
const FALSE = 5
const DATE = 6
const OTHER = 7
const KNOWN = 8

/** What is beside the kind: a size, or a number. */
const KIND_BITS = 4

/** Texts longer than this are encoded by the platform. */
const LONG = 128

const { LONGEST } = require('./texts.cjs')

const encoder = new TextEncoder()
const { getTime } = Date.prototype

/** Where the next text goes. */
let end = 0

/** The values that are not packed: nested objects, arrays, big integers, what has no meaning. */
const others = []

/** Packs a text of any characters; `false` where there is no room for it. */
function encode(text, head) {
  const start = end
  const { length } = text
  if (start + 3 * length > room) return false
  end = length <= LONG ? encodeShort(text, start) : -1
  // Long, or with characters of two code units.
  if (end === -1) end = start + encoder.encodeInto(text, texts.subarray(start)).written
  heads[head] = ((end - start) << KIND_BITS) | TEXT
  heads[head + 1] = start
  return true
}

/** Writes the UTF-8 of a text, and says where it ends; -1 if it has characters of two code units. */
function encodeShort(text, start) {
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

/** Packs a value that is no text into a place, or keeps it aside. */
function put(value, place) {
  const head = place & ~1
  if (value === null) {
    heads[head] = NULL
  } else if (typeof value === 'number') {
    heads[head] = NUMBER
    numbers[head >> 1] = value
  } else if (typeof value === 'boolean') {
    heads[head] = value ? TRUE : FALSE
  } else if (value === undefined) {
    heads[head] = 0
  } else if (!(value instanceof Date && putDate(value, head))) {
    putAside(value, head)
  }
}

function putAside(value, head) {
  heads[head] = (others.length << KIND_BITS) | OTHER
  others.push(value)
}

function putDate(value, head) {
  try {
    numbers[head >> 1] = getTime.call(value)
    heads[head] = DATE
    return true
  } catch {
    return false // not a date, whatever its prototype says
  }
}

/** Starts a record of a layout. */
function start({ id, pace }) {
  end = 0
  words[LAYOUT] = id
  pace.records = (pace.records + 1) | 0
  if (others.length > 0) clear()
}

/** Forgets what was kept aside. */
function clear() {
  others.length = 0
}

/** Packs an object if its names are those of a layout, in that order. */
function packSame(record, layout) {
  const { names, places, texts } = layout
  const { length } = names
  if (!isPlain(record) || Object.keys(record).length !== length) return false
  start(layout)
  let index = 0
  // Its own names come first: as many as those of the layout, they are those if all are the same.
  for (const name in record) {
    if (index === length) break
    if (name !== names[index]) return false
    const place = places[index]
    const known = texts[index++]
    if (place === -1) continue
    const value = record[name]
    if (typeof value === 'string') putText(value, place, known)
    else put(value, place)
  }
  words[END] = end
  return index === length
}

/** Packs an object of which the names are known to be those of a layout. */
function pack(record, layout) {
  const { names, places, texts } = layout
  start(layout)
  for (let index = 0; index < names.length; index++) {
    const place = places[index]
    if (place === -1) continue
    const value = record[names[index]]
    if (typeof value === 'string') putText(value, place, texts[index])
    else put(value, place)
  }
  words[END] = end
}

/**
 * Packs a text into a place: twice its cell, and 1 more where it only must not be blank. `known`
 * has the texts that are known by number, if any are.
 */
function putText(text, place, known) {
  const head = place & ~1 // two words a cell
  // Of a text that only must not be blank, one visible character says it.
  const length = (place & 1) === 1 && isVisible(text) ? 1 : text.length
  if (known !== undefined && length <= LONGEST && (known.isOn || known.wakes())) {
    const number = known.known.get(text) ?? known.learn(text)
    if (number !== -1) {
      heads[head] = (number << KIND_BITS) | KNOWN
      heads[head + 1] = known.table
      return
    }
  }
  const at = end
  if (length <= LONG && at + 2 * LONG <= room) {
    // Most texts are ASCII: written without asking.
    let all = 0
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i)
      all |= code
      texts[at + i] = code
    }
    if (all < 0x100) {
      end = all < 0x80 ? at + length : widen(at, length)
      heads[head] = ((end - at) << KIND_BITS) | TEXT
      heads[head + 1] = at
      return
    }
  }
  if (!encode(text, head)) putAside(text, head)
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

/** Packs simple values behind a record, into the cells from `cell` on; `false` if one is not. */
function packMore(values, cell) {
  if (cell + values.length > MAX_CELLS) return false
  for (const value of values) {
    if (value === undefined || (typeof value === 'object' && value !== null)) return false
    const place = 2 * cell++
    if (typeof value === 'string') putText(value, place, undefined)
    else put(value, place)
  }
  words[END] = end
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

/**
 * Calls the native side, which reads the record in memory; what came of it, which is `status`
 * where it says nothing.
 */
function ask(run, who, status) {
  words[ASKER] = who
  words[STATUS] = status
  run()
  return words[STATUS]
}

module.exports = { ask, clear, held, isRecord, memory, namesOf, others, pack, packMore, packSame, total }
