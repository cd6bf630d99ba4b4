'use strict'

const { isDate } = require('node:util').types

/** Refuses a wrong argument as Node does: a `TypeError` with a code. */
function argument(holds, message) {
  if (!holds) throw Object.assign(new TypeError(message), { code: 'JALON_ARGUMENT' })
}

/** A text, or a `TypeError` that names the argument. */
function text(value, name) {
  argument(typeof value === 'string', `${name} must be a string`)
  return value
}

/** A text or nothing, or a `TypeError` that says `what` it must be. */
function optional(value, name, what = 'a string') {
  argument(value === undefined || typeof value === 'string', `${name} must be ${what}`)
  return value
}

/** The same where `null` is nothing too. */
const orNull = (value, name, what) => optional(value ?? undefined, name, what)

const NONE = Object.freeze({})

/** Options without surprises: a misspelled one is an error, not a silent default. */
function options(given, allowed) {
  if (given === undefined) return NONE
  argument(typeof given === 'object' && given !== null, 'options must be an object')
  for (const key of Object.keys(given)) {
    argument(allowed.includes(key), `unknown option "${key}"; there are: ${allowed.join(', ')}`)
  }
  return given
}

/** `fr`, `en`, or nothing. */
function lang(value) {
  argument(value === undefined || value === 'fr' || value === 'en', 'lang must be "fr" or "en"')
  return value
}

/** The clock as the native side takes it: milliseconds or ISO text, and an IANA zone. */
function clock({ now, zone }) {
  argument(now === undefined || typeof now === 'string' || isDate(now), 'now must be a Date or an ISO string')
  optional(zone, 'zone', 'the name of a time zone, such as "Europe/Paris"')
  argument(!isDate(now) || !Number.isNaN(now.getTime()), 'now is an invalid Date')
  return { now: isDate(now) ? now.getTime() : now, zone }
}

/** The clock, and how many threads share the rows. */
function shared({ threads, ...rest }) {
  const counts = threads === undefined || (Number.isInteger(threads) && threads >= 1)
  argument(counts, 'threads must be a whole number of at least 1; left out, all processors')
  return { ...clock(rest), threads }
}

module.exports = { argument, clock, lang, optional, options, orNull, shared, text }
