import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as jalon from 'jalon'

const program = (points, days = 2) => jalon.parse(`
module Leads
  Country : text
  Status  : text
score Fit on Leads
  ${points} if Country IS France
rule Welcome on Leads
  when created
  then
    Status : new
  then after ${days} days
    Status : to call
`)

const records = [{ id: 1, Country: 'France' }, { id: 2, Country: 'Monaco' }, { Country: 'France' }]
const at = { now: '2026-06-30T09:00', zone: 'UTC' }

test('records through two programs', () => {
  const found = program('+10').simulate(program('+25'), records, at)
  assert.deepEqual([found.compared, found.changed, found.dueChanged], [3, 2, null])
  assert.deepEqual(found.byOutcome, [{ what: 'score', name: 'Fit', count: 2 }])
  assert.deepEqual(found.listed.map(({ row }) => row), [1, 3])
  const [{ old, oldText, new: now, newText, lines }] = found.listed[0].differences
  assert.deepEqual([old, oldText, now, newText], [10, '10', 25, '25'])
  assert.equal(lines[0].new, null)
  assert.match(String(found), /^row 1 · Leads 1\n/)
  assert.match(found.listed[0].report('fr'), /^ligne 1 · Leads 1\n/)
  assert.equal(program('+10').simulate(program('+25'), records, { ...at, show: 1 }).listed.length, 1)
})

test('timers, events, and what a diff says of records', () => {
  const [old, fresh] = [program('+10'), program('+10', 3)]
  const found = old.simulate(fresh, records, { ...at, until: new Date('2026-07-02T10:00Z') })
  assert.equal(found.changed, 3)
  const events = records.slice(0, 2).map((record, i) => ({ id: `e${i}`, type: 'created', record }))
  const sent = old.simulate(fresh, events, { ...at, events: true, until: '2026-07-02T10:00' })
  assert.deepEqual([sent.compared, sent.changed, sent.dueChanged], [2, 2, 1])
  assert.equal(sent.listed[0].event, 'e0')
  assert.ok(sent.listed.at(-1).until instanceof Date)
  const diff = jalon.diff(old, fresh, { data: records, ...at })
  assert.equal(diff.simulation.compared, 3)
  assert.equal(jalon.diff(old, fresh).simulation, null)
})

test('what cannot be simulated says why', () => {
  const one = program('+10')
  assert.throws(() => one.simulate({}, records), { code: 'JALON_ARGUMENT' })
  assert.throws(() => one.simulate(one, [3], at), { code: 'JALON_ARGUMENT' })
  assert.throws(() => one.simulate(one, records, { util: 3 }), /unknown option/)
  assert.throws(() => one.simulate(one, [{ type: 'created' }], { ...at, events: true }), jalon.EventError)
})
