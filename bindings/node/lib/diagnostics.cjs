'use strict'

const { plain } = require('./plain.cjs')

/** Findings as users see them; as a string each is one line. */
function diagnostics(found) {
  return plain(found).map((one) => Object.defineProperty(one, 'toString', { value: () => one.text }))
}

module.exports = { diagnostics }
