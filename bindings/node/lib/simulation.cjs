'use strict'

const native = require('../native.cjs')
const { list } = require('./batch.cjs')
const { guard } = require('./errors.cjs')
const { argument, clock, lang, optional, options } = require('./options.cjs')
const { shortest } = require('./plain.cjs')
const { usersOf } = require('./users.cjs')

const OPTIONS = ['now', 'zone', 'users', 'module', 'updated', 'until', 'show', 'events']

/** What comes out otherwise with a new program, for records or for events; programs as `{ native, lang }`. */
function simulate(old, program, given, asked) {
  const { users, module, updated = false, until, show = 20, events = false, ...rest } = options(asked, OPTIONS)
  optional(module, 'module')
  argument(Number.isInteger(show) && show >= 0, 'show must be a whole number')
  const { now, zone } = clock(rest)
  const { now: end } = clock({ now: until })
  const how = { module, updated: Boolean(updated), until: end, show }
  const run = events ? native.simulateEvents : native.simulate
  const all = list(given, events ? 'events' : 'records')
  const who = usersOf(users, program.lang)
  const found = JSON.parse(guard(() => run(old.native, program.native, all, who, now, zone, how)))
  return simulation(found, program.lang)
}

/** What was found, as users see it; `report` is a method that does not show in it. */
function simulation({ compared, changed, due_changed: dueChanged = null, by_rule: byRule, by_outcome: byOutcome, listed }, spoken) {
  const each = listed.map((one) => entry(one, spoken))
  const made = { compared, changed, dueChanged, byRule, byOutcome, listed: each }
  return reporting(made, (asked) => each.map((one) => one.report(asked)).join('\n'))
}

function entry({ row = null, event = null, until = null, differences, told }, spoken) {
  const made = { row, event, until: until === null ? null : new Date(until), differences: differences.map(difference) }
  return reporting(made, (asked) => told[lang(asked) ?? spoken])
}

/** A difference: totals and points of scores are numbers, and exactly as text. */
function difference(form) {
  if (form.outcome !== 'score') return form
  return { ...exact(form), lines: form.lines.map(exact) }
}

function exact({ old, new: now, ...about }) {
  const number = (text) => (text === null ? null : Number(text))
  const text = (given) => (given === null ? null : shortest(given))
  return { ...about, old: number(old), oldText: text(old), new: number(now), newText: text(now) }
}

function reporting(made, report) {
  return Object.defineProperties(made, { report: { value: report }, toString: { value: () => report() } })
}

module.exports = { simulate }
