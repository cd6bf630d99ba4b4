'use strict'

const native = require('../native.cjs')
const { list } = require('./batch.cjs')
const { guard } = require('./errors.cjs')
const { argument, clock, lang, optional, options, text } = require('./options.cjs')
const { figuresOf } = require('./picture.cjs')
const { plain } = require('./plain.cjs')

const COLUMNS = ['case', 'state', 'time', 'transition', 'by']
const REPLAYING = [...COLUMNS, 'blueprint', 'reading', 'zone', 'lang']
const DISCOVERING = [...COLUMNS.slice(0, 3), 'name', 'module', 'field', 'minCount', 'zone', 'lang']

/** What a blueprint makes of a log, as plain data; `figures` is a method that does not show in it. */
function replay(program, rows, given) {
  const { blueprint, reading, zone, lang: asked, ...named } = options(given, REPLAYING)
  optional(blueprint, 'blueprint', 'the name of a blueprint')
  optional(reading, 'reading', '"states" or "transitions"')
  const log = columns(rows, named)
  const { zone: where } = clock({ zone })
  const found = guard(() => native.replay(program, blueprint, log, reading, where, lang(asked)))
  const report = plain(JSON.parse(found.report))
  Object.defineProperty(report, 'figures', { value: () => figuresOf(JSON.parse(found.figures)) })
  return report
}

/** The blueprint that a log implies, as text. */
function discover(rows, given) {
  const { name, module, field, minCount = 1, zone, lang: asked, ...named } = options(given, DISCOVERING)
  for (const [key, value] of Object.entries({ name, module, field })) {
    optional(value, key)
  }
  argument(Number.isInteger(minCount) && minCount >= 1 && minCount <= 0xffffffff, 'minCount must be a whole number of at least 1')
  const log = columns(rows, named)
  const { zone: where } = clock({ zone })
  // A dot in the name of a field leads to another module.
  const held = field ?? named.state.replaceAll('.', ' ')
  return guard(() => native.discover(log, name, module, held, minCount, where, lang(asked)))
}

/** The columns of a log, read out of its rows. */
function columns(rows, { case: of, state, time, transition, by }) {
  text(of, 'case')
  text(state, 'state')
  for (const [key, name] of Object.entries({ time, transition, by })) {
    optional(name, key, 'the name of a column')
  }
  const log = { cases: [], what: [], transitions: [], by: [], times: [] }
  for (const row of list(rows, 'a log')) {
    argument(typeof row === 'object' && row !== null, 'a log must be an array of objects')
    log.cases.push(word(row, of))
    log.what.push(word(row, state))
    if (transition !== undefined) log.transitions.push(word(row, transition))
    if (by !== undefined) log.by.push(word(row, by))
    if (time !== undefined) log.times.push(moment(row, time))
  }
  return log
}

function value(row, column) {
  argument(column in row, `a row has no "${column}"`)
  return row[column]
}

function word(row, column) {
  const found = value(row, column)
  return found === null || found === undefined ? undefined : String(found)
}

function moment(row, column) {
  const found = value(row, column)
  if (found === null || found === undefined || found === '') return undefined
  // What frames give are milliseconds.
  if (typeof found === 'number' && Number.isFinite(found)) return found
  return clock({ now: found }).now
}

module.exports = { discover, replay }
