'use strict'

const nativeSide = require('../native.cjs')
const { LeftOutError, guard } = require('./errors.cjs')
const natives = require('./natives.cjs')
const { argument, clock, lang, optional, options, text } = require('./options.cjs')

/** Reads a text: what came of it, and everything that was left out. */
function read(form, source, { program, module, lang: asked, inactive = false }) {
  const known = program === undefined ? undefined : natives.get(program)
  argument(program === undefined || known !== undefined, 'program must be a Program')
  optional(module, 'module')
  const read = guard(() =>
    nativeSide.importText(text(form, 'form'), source, known?.native, module, lang(asked), Boolean(inactive)),
  )
  return { text: read.text, leftOut: JSON.parse(read.leftOut), lang: read.lang }
}

/** A criterion of another form as text; `value` is its JSON, as data or as text. */
function importCriterion(form, value, given) {
  const asked = options(given, ['program', 'module', 'lang'])
  const source = typeof value === 'string' ? value : JSON.stringify(value)
  argument(source !== undefined, 'value must be JSON')
  const crossed = read(form, source, asked)
  if (crossed.leftOut.length > 0) throw refused(crossed)
  return crossed.text.trimEnd()
}

/** The rules of a text of another form, as text, and what is not in them. */
function importRules(form, source, given) {
  const asked = options(given, ['program', 'module', 'lang', 'inactive'])
  const { text: rules, leftOut } = read(form, text(source, 'text'), asked)
  return { text: rules, leftOut }
}

/** A compiled criterion in another form, as the data of its JSON. */
function exported(native, form, given) {
  const { names = 'api' } = options(given, ['names'])
  const crossed = guard(() => nativeSide.exportCriterion(native, text(form, 'form'), text(names, 'names')))
  const leftOut = JSON.parse(crossed.leftOut)
  if (leftOut.length > 0) throw refused({ leftOut, lang: crossed.lang })
  return JSON.parse(crossed.text)
}

/** A compiled criterion as the `WHERE` of a query. */
function toSql(native, dialect, given) {
  const known = ['now', 'zone', 'texts', 'columns', 'numbered', 'names']
  const { texts = 'any', columns = {}, numbered, names = 'api', ...when } = options(given, known)
  const { now, zone } = clock(when)
  const places = Object.entries(columns).map(([field, places]) => ({ field, places: [places].flat() }))
  const crossed = guard(() =>
    nativeSide.toSql(native, text(dialect, 'dialect'), now, zone, text(texts, 'texts'), places, numbered, text(names, 'names')),
  )
  const leftOut = JSON.parse(crossed.leftOut)
  if (leftOut.length > 0) throw refused({ leftOut, lang: crossed.lang })
  return JSON.parse(crossed.text)
}

/** The functions by which clauses compare texts. */
function sqlFunctions(dialect) {
  return guard(() => nativeSide.sqlFunctions(text(dialect, 'dialect')))
}

/** A text as criteria compare it. */
function fold(source, given) {
  const { caseSensitive = false, ignoringAccents = false } = options(given, ['caseSensitive', 'ignoringAccents'])
  return nativeSide.foldText(text(source, 'text'), Boolean(caseSensitive), Boolean(ignoringAccents))
}

function refused({ leftOut, lang: said }) {
  const lines = leftOut.map((part) => `${part.at || '/'}: ${part[said]}`)
  return new LeftOutError(lines.join('\n'), { code: 'JALON_LEFT_OUT', leftOut })
}

module.exports = { importCriterion, importRules, exported, toSql, sqlFunctions, fold }
