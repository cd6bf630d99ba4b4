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
const LENT = 9

/** What is beside the kind: a size, or a number. */
const KIND_BITS = 4

/** Texts longer than this are encoded by the platform. */
const LONG = 128

/** A few texts of such lengths are given with the call: cheaper than one character after the other. */
const LENT_FROM = 16
const LENT_TO = 1000
const MOST_LENT = 4

const encoder = new TextEncoder()
const { getTime } = Date.prototype

/** Where the next text goes. */
let end = 0

/** The texts that are given with the call, and how many there are. */
const lent = new Array(MOST_LENT).fill('')
let lentCount = 0

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

/** Packs a value that is no text, or keeps it aside. */
function putOther(value, head) {
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
  end = lentCount = 0
  words[LAYOUT] = id
  pace.records = (pace.records + 1) | 0
  if (others.length > 0) others.length = 0
}

/** Packs an object if its names are those of a layout, in that order. */
function packSame(record, layout) {
  if (!isPlain(record)) return false
  const own = Object.keys(record)
  const { names } = layout
  if (own.length !== names.length) return false
  for (let i = 0; i < own.length; i++) if (own[i] !== names[i]) return false
  pack(record, layout)
  return true
}

/** Packs an object of which the names are known to be those of a layout. */
function pack(record, layout) {
  start(layout)
  layout.read(record)
  words[END] = end
}

/** Packs a value whose text, if it is one, may be known by number, into the cell of two words at `head`. */
function putWhole(value, head, known) {
  if (typeof value !== 'string') return putOther(value, head)
  if (known.isOn || known.wakes()) {
    const number = known.numbers[value] ?? known.learn(value)
    if (number !== -1) {
      heads[head] = (number << KIND_BITS) | KNOWN
      heads[head + 1] = known.table
      return
    }
  }
  putText(value, head)
}

/** Packs a value of which a text only must not be blank: then one stands for all. */
function putLittle(value, head) {
  if (typeof value !== 'string') return putOther(value, head)
  const code = value.charCodeAt(0) // NaN of an empty text
  if (code > 0x20 && code < 0x7f) {
    heads[head] = KNOWN
    heads[head + 1] = 0
  } else {
    putText(value, head)
  }
}

/** Packs any value. */
function put(value, head) {
  if (typeof value === 'string') putText(value, head)
  else putOther(value, head)
}

/** Packs a text as it is. */
function putText(text, head) {
  const { length } = text
  if (length >= LENT_FROM && length <= LENT_TO && lentCount < MOST_LENT) {
    heads[head] = (lentCount << KIND_BITS) | LENT
    lent[lentCount++] = text
    return
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

/** Packs simple values behind a record, into the cells from `cell` on; `false` if one is not. */
function packMore(values, cell) {
  if (cell + values.length > MAX_CELLS) return false
  for (const value of values) {
    if (value === undefined || (typeof value === 'object' && value !== null)) return false
    put(value, 2 * cell++)
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
 * Calls the native side, which reads the record of a layout in memory; what came of it, which is
 * `status` where it says nothing.
 */
function ask(layout, who, status) {
  words[ASKER] = who
  words[STATUS] = status
  layout.call(lentCount, lent)
  return words[STATUS]
}

/** The texts that are given with the call. */
const lentTexts = () => lent.slice(0, lentCount)

/** Forgets what was kept aside, and what was given with the call. */
function clear() {
  if (others.length > 0) others.length = 0
  while (lentCount > 0) lent[--lentCount] = ''
}

/** After so many records of a layout a function is made for it. */
const OFTEN = 64

const KINDS = { put, putLittle, putWhole }

/**
 * Gives a layout its `read`, which reads the values of a record and packs each into its cell, and its `call`, which calls
 * the native side by `run`: those of all layouts, and where there are many records some that are made for this one.
 */
function prepare(layout, run) {
  const { names, places, texts } = layout
  const cells = names.flatMap((name, index) => {
    const place = places[index]
    if (place === -1) return []
    const kind = (place & 1) === 1 ? 'putLittle' : texts[index] === undefined ? 'put' : 'putWhole'
    return [{ name, kind, head: place & ~1, known: texts[index] }] // two words a cell
  })
  let records = 0
  layout.read = (record) => {
    if (++records === OFTEN) Object.assign(layout, made(cells, run))
    for (const { name, kind, head, known } of cells) KINDS[kind](record[name], head, known)
  }
  layout.call = (count, lent) => run(...lent.slice(0, count))
}

/**
 * The same made for these names: nothing reads the properties of an object faster, nor calls a native function, than
 * code that knows only one. Names stand in it only as texts. Nothing where functions may not be made of text.
 */
function made(cells, run) {
  const reads = cells.map(({ name }, i) => `const v${i} = record[${JSON.stringify(name)}]`)
  const puts = cells.map(({ kind, head }, i) => `${kind}(v${i}, ${head}, known[${i}])`)
  const body = `const { put, putLittle, putWhole } = kinds
    const read = (record) => {
      ${[...reads, ...puts].join('\n')}
    }
    const call = (count, lent) => {
      if (count === 0) run()
      else if (count === 1) run(lent[0])
      else run(...lent.slice(0, count))
    }
    return { read, call }`
  try {
    return new Function('known', 'kinds', 'run', body)(cells.map(({ known }) => known), KINDS, run)
  } catch {
    return undefined
  }
}

module.exports = { ask, clear, held, isRecord, lentTexts, memory, namesOf, others, pack, packMore, packSame, prepare, total }
