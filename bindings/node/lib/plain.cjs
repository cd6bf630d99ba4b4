'use strict'

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
 */
function plain(data) {
  if (data === null || typeof data !== 'object') return data
  if (Array.isArray(data)) return data.map(plain)
  const result = {}
  for (const key of Object.keys(data)) {
    if (key === 'span') continue
    const value = data[key]
    const name = camel(key)
    if (DECIMALS.has(key)) {
      result[name] = value === null ? null : Number(value)
      result[`${name}Text`] = value === null ? null : shortest(value)
    } else if (key === 'values') {
      result.values = Object.fromEntries(value.map(([field, read]) => [field, plain(read)]))
    } else if (key === 'problem') {
      Object.assign(result, plain(value))
    } else {
      result[name] = plain(value)
    }
  }
  return result
}

/** A total without its reasons. */
function light({ totalText, stars, label, errors }) {
  return { total: Number(totalText), totalText, stars, label, errors: plain(errors) }
}

module.exports = { light, plain, shortest }
