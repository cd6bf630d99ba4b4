'use strict'

const { plain, spoke } = require('./plain.cjs')

/** Obstacles as users see them; `message` and `toString` are methods that do not show in them. */
function obstacles(found, spoken) {
  return found.map(({ told, message: text, why, ...about }) => {
    const made = { ...about }
    if (text !== undefined) made.text = text
    if (made.code === 'invalid') made.rule ??= null
    if (made.code === 'not_held') made.why = why ? plain(why) : null
    return spoke(made, told, spoken)
  })
}

module.exports = { obstacles }
