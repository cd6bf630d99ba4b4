'use strict'

const { lang } = require('./options.cjs')

/** The decimals of a result: each is given as a number, and exactly as text. */
const DECIMALS = new Set(['total', 'positive', 'negative', 'points', 'capped_from', 'before_limits'])

/** Names in camel case; there are few, so each is made once. */
const names = new Map()

function camel(key) {
  let name = names.get(key)
  if (name === undefined) {
    name = key.replace(/_(\w)/g, (_, letter) => letter.toUpperCase())
    names.set(key, name)
  }
  return name
}

/** The shortest text of a decimal: `35`, not `35.00`. */
const shortest = (text) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)

/**
 * Native data as JavaScript writes it: camel case, and for each decimal `x` the nearest number
 * with its exact text as `xText`. Byte offsets (`span`) stay behind: they mean nothing in UTF-16.
 * `spoken` is the language in which problems are said where none is asked for.
 */
function plain(data, spoken) {
  if (data === null || typeof data !== 'object') return data
  if (Array.isArray(data)) return data.map((item) => plain(item, spoken))
  if ('problem' in data) return problem(data, spoken)
  const result = {}
  for (const key of Object.keys(data)) {
    if (key === 'span') continue
    const value = data[key]
    const name = camel(key)
    if (DECIMALS.has(key)) {
      result[name] = value === null ? null : Number(value)
      result[`${name}Text`] = value === null ? null : shortest(value)
    } else if (key === 'values') {
      result.values = Object.fromEntries(value.map(([field, read]) => [field, plain(read, spoken)]))
    } else {
      result[name] = plain(value, spoken)
    }
  }
  return result
}

/** A value that could not be used; what is said of it are methods that do not show in it. */
function problem({ problem: kind, message: told, ...about }, spoken) {
  return spoke({ ...about, ...plain(kind) }, told, spoken)
}

/** Data of which something is told in both languages: `message` says it, and so does `String`. */
function spoke(data, told, spoken) {
  const message = (asked) => told[lang(asked) ?? spoken]
  return Object.defineProperties(data, { message: { value: message }, toString: { value: () => message() } })
}

/** A total without its reasons. */
function light({ totalText, stars, label, errors }, spoken) {
  return { total: Number(totalText), totalText, stars, label, errors: plain(errors, spoken) }
}

module.exports = { light, plain, shortest, spoke }
