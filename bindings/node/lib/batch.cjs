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
function list(records, name = 'records') {
  argument(records !== null && records !== undefined && typeof records !== 'string' && Symbol.iterator in Object(records), `${name} must be an array`)
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

/**
 * Does a task to all rows at once. Of Arrow bytes `task.job` makes what is worked out; of records
 * `task.rows` works out a part, and what `task.gather` makes takes each part with `put` and has
 * the `result`.
 */
function run(task, rows) {
  const bytes = arrow(rows)
  if (bytes) return guard(() => task.job().run(bytes))
  const all = list(rows)
  const gathered = task.gather(all)
  gathered.put(guard(() => task.rows(all, 0)), 0)
  return gathered.result
}

/** The same on another thread: Arrow bytes at once, records a few at a time, by `task.rowsAsync`. */
async function runAsync(task, rows, signal) {
  const bytes = arrow(rows)
  if (!bytes) {
    const all = list(rows)
    const gathered = task.gather(all)
    await chunks(all, signal, task.rowsAsync, (part, first) => gathered.put(part, first))
    return gathered.result
  }
  signal?.throwIfAborted()
  try {
    const worked = await task.job().runAsync(bytes)
    signal?.throwIfAborted()
    return worked
  } catch (thrown) {
    throw lift(thrown)
  }
}

/** The columns of a score. */
function scoring(score, { now, zone, threads, contributions, lang }) {
  return {
    job: () => native.Job.score(score, now, zone, threads, contributions),
    rows: (records, first) => native.scoreRows(score, records, first, now, zone, contributions),
    rowsAsync: (records, first) => native.scoreRowsAsync(score, records, first, now, zone, contributions),
    gather: ({ length }) => new Columns(length, lang, contributions ? score.lines : undefined),
  }
}

/** Columns of scores, with room for a number of records. */
class Columns {
  #lang

  /** `lang` is that of messages; `texts` are the lines of which points are asked for. */
  constructor(length, lang, texts) {
    this.#lang = lang
    this.total = new Float64Array(length)
    this.stars = new Array(length).fill(null)
    this.label = new Array(length).fill(null)
    this.errors = new Map()
    if (texts) this.lines = texts.map((text) => ({ text, points: new Float64Array(length) }))
  }

  put({ total, stars, label, errors, lines = [] }, first) {
    this.total.set(total, first)
    for (let i = 0; i < stars.length; i += 1) {
      this.stars[first + i] = stars[i]
      this.label[first + i] = label[i]
    }
    for (const [row, problems] of JSON.parse(errors)) this.errors.set(row, plain(problems, this.#lang))
    for (const [line, points] of lines.entries()) this.lines[line].points.set(points, first)
  }

  get length() {
    return this.total.length
  }

  get result() {
    return this
  }
}

/** Whether criteria hold, one column each; `names` is `undefined` for a single one. */
function matching(names, criteria, { now, zone, threads }) {
  return {
    job: () => native.Job.matching(names ?? ['matches'], criteria, now, zone, threads),
    rows: (records, first) => native.matchRows(criteria, records, first, now, zone),
    rowsAsync: (records, first) => native.matchRowsAsync(criteria, records, first, now, zone),
    gather: () => new Masks(names, criteria.length),
  }
}

/** A mask for each criterion. */
class Masks {
  #names
  #columns

  constructor(names, count) {
    this.#names = names
    this.#columns = Array.from({ length: count }, () => [])
  }

  put(masks) {
    masks.forEach((mask, i) => mask.forEach((held) => this.#columns[i].push(held === 1)))
  }

  /** As they were asked for: one, or several by name. */
  get result() {
    const columns = this.#columns
    return this.#names ? Object.fromEntries(this.#names.map((name, i) => [name, columns[i]])) : columns[0]
  }
}

/** The rows on which a criterion holds. */
function filtering(criterion, { now, zone, threads }) {
  return {
    ...matching(undefined, [criterion], { now, zone, threads }),
    job: () => native.Job.filter(criterion, now, zone, threads),
    gather(records) {
      const result = []
      const put = ([mask], first) => mask.forEach((held, i) => held === 1 && result.push(records[first + i]))
      return { put, result }
    },
  }
}

/** The reasons of a score, in a language; `made` makes them from the native ones. */
function explainingScore(score, { now, zone, lang }, made) {
  return { ...reasons(score, now, zone, made), job: () => native.Job.explainScore(score, now, zone, lang) }
}

/** The reasons of a criterion, likewise. */
function explainingCriterion(criterion, { now, zone, lang }, made) {
  return { ...reasons(criterion, now, zone, made), job: () => native.Job.explainCriterion(criterion, now, zone, lang) }
}

function reasons(known, now, zone, made) {
  return {
    rows: (records, first) => known.explainRows(records, first, now, zone),
    rowsAsync: (records, first) => known.explainRowsAsync(records, first, now, zone),
    gather() {
      const result = []
      return { put: (part) => part.forEach((explained) => result.push(made(explained))), result }
    },
  }
}

module.exports = { chunks, explainingCriterion, explainingScore, filtering, list, matching, run, runAsync, scoring }
