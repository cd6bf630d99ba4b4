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

/** Offers as users see them. */
function offers(found, spoken) {
  return found.map(({ why_not: why, parent = null, ...offer }) => ({ ...offer, parent, whyNot: obstacles(why, spoken) }))
}

module.exports = { obstacles, offers }
