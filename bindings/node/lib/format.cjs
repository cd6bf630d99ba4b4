'use strict'

const native = require('../native.cjs')
const { guard } = require('./errors.cjs')
const { argument, lang, options, text } = require('./options.cjs')

/** Formats texts that are one program: an object of names and texts. */
function formatTexts(texts, given) {
  const asked = options(given, ['lang'])
  argument(typeof texts === 'object' && texts !== null, 'texts must be an object of names and texts')
  const all = Object.values(texts).map((one) => text(one, 'text'))
  return JSON.parse(guard(() => native.format(Object.keys(texts), all, lang(asked.lang))))
}

/** Formats one text, which is a whole program. */
function format(source, given) {
  return formatTexts({ '<text>': text(source, 'text') }, given)[0].text
}

/** Formats a criterion that stands alone. */
function formatCriterion(source, given) {
  const asked = options(given, ['lang'])
  return guard(() => native.formatCriterion(text(source, 'criterion'), lang(asked.lang)))
}

module.exports = { format, formatCriterion, formatTexts }
