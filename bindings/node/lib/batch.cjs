'use strict'

const { types } = require('node:util')
const { setImmediate } = require('node:timers/promises')
const native = require('../native.cjs')
const { guard, lift } = require('./errors.cjs')
const { argument } = require('./options.cjs')
const { plain } = require('./plain.cjs')

/** How many records a batch reads before the event loop gets its turn: about a millisecond. */
const CHUNK = 128

/** Arrow IPC bytes, or `undefined` for records. */
function arrow(rows) {
  if (types.isUint8Array(rows)) return rows
  if (types.isAnyArrayBuffer(rows)) return new Uint8Array(rows)
  return undefined
}

/** Any iterable of records, as an array. */
function list(records) {
  argument(records !== null && records !== undefined && typeof records !== 'string' && Symbol.iterator in Object(records), 'records must be an array')
  return Array.isArray(records) ? records : Array.from(records)
}

/**
 * Works on records a few at a time: one chunk is read on this thread while the one before is
 * computed on another. `start` begins a chunk, `take` gets what came of it, in order.
 */
async function chunks(all, signal, start, take) {
  let computing
  for (let first = 0; first < all.length || computing; first += CHUNK) {
    signal?.throwIfAborted()
    let next
    try {
      if (first < all.length) next = start(all.slice(first, first + CHUNK), first)
      // A rejection is reported when its turn comes, not before.
      next?.catch(() => {})
      if (computing) take(await computing, first - CHUNK)
    } catch (thrown) {
      throw lift(thrown)
    }
    computing = next
    await setImmediate()
  }
  signal?.throwIfAborted()
}

/** Arrow bytes on another thread. */
async function working(signal, start) {
  signal?.throwIfAborted()
  const bytes = await start().catch((thrown) => {
    throw lift(thrown)
  })
  signal?.throwIfAborted()
  return bytes
}

/** Columns of scores, with room for a number of records. */
class Columns {
  constructor(length) {
    this.total = new Float64Array(length)
    this.stars = new Array(length).fill(null)
    this.label = new Array(length).fill(null)
    this.errors = new Map()
  }

  put({ total, stars, label, errors }, first) {
    this.total.set(total, first)
    for (let i = 0; i < stars.length; i += 1) {
      this.stars[first + i] = stars[i]
      this.label[first + i] = label[i]
    }
    for (const [row, problems] of JSON.parse(errors)) this.errors.set(row, plain(problems))
    return this
  }

  get length() {
    return this.total.length
  }
}

function scoreBatch(score, rows, { now, zone, threads }) {
  const bytes = arrow(rows)
  if (bytes) return guard(() => native.scoreFrame(score, bytes, now, zone, threads))
  const all = list(rows)
  return new Columns(all.length).put(guard(() => native.scoreRows(score, all, 0, now, zone)), 0)
}

async function scoreBatchAsync(score, rows, { now, zone, threads }, signal) {
  const bytes = arrow(rows)
  if (bytes) return working(signal, () => native.scoreFrameAsync(score, bytes, now, zone, threads))
  const all = list(rows)
  const columns = new Columns(all.length)
  const start = (chunk, first) => native.scoreRowsAsync(score, chunk, first, now, zone)
  await chunks(all, signal, start, (scores, first) => columns.put(scores, first))
  return columns
}

/** The columns as they were asked for: one, or several by name. */
const answer = (names, columns) => (names ? Object.fromEntries(names.map((name, i) => [name, columns[i]])) : columns[0])

/** `names` is `undefined` for a single criterion. */
function matchBatch(names, criteria, rows, { now, zone, threads }) {
  const bytes = arrow(rows)
  if (bytes) return guard(() => native.matchFrame(names ?? ['matches'], criteria, bytes, now, zone, threads))
  const all = list(rows)
  const masks = guard(() => native.matchRows(criteria, all, 0, now, zone))
  return answer(names, masks.map((mask) => Array.from(mask, Boolean)))
}

async function matchBatchAsync(names, criteria, rows, { now, zone, threads }, signal) {
  const bytes = arrow(rows)
  if (bytes) return working(signal, () => native.matchFrameAsync(names ?? ['matches'], criteria, bytes, now, zone, threads))
  const all = list(rows)
  const columns = criteria.map(() => [])
  const start = (chunk, first) => native.matchRowsAsync(criteria, chunk, first, now, zone)
  await chunks(all, signal, start, (masks) => {
    masks.forEach((mask, i) => mask.forEach((held) => columns[i].push(held === 1)))
  })
  return answer(names, columns)
}

module.exports = { chunks, list, matchBatch, matchBatchAsync, scoreBatch, scoreBatchAsync }
