import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as jalon from 'jalon'

const program = jalon.parse(`
module Leads
  Opted out (opt_out)   : checkbox
  Next call (next_call) : date
  Status                : text
rule "Opt-out" on Leads
  when Opted out changed
  then
    Next call : 2026-08-01
    Status : closed
`)

function decide(record) {
  const event = { id: 'e1', type: 'updated', before: record, after: { opt_out: true } }
  return program.decide(event, { now: '2026-07-01T09:00' })
}

test('a record keeps the names by which it carries fields', () => {
  for (const id of [{ id: 1 }, {}]) {
    const lead = { ...id, opt_out: false, NEXT_CALL: null }
    const decision = decide(lead)
    assert.equal(program.set('Leads', lead, 'Opted out', true), lead)
    assert.equal(program.write(decision, lead), lead)
    assert.deepEqual(lead, { ...id, opt_out: true, NEXT_CALL: '2026-08-01', Status: 'closed' })
  }
})

test('a map is a record, and a single change can be written', () => {
  const lead = new Map(Object.entries({ id: 1, opt_out: false, next_call: null }))
  for (const change of decide(lead).changes) program.write(change, lead)
  assert.deepEqual(Object.fromEntries(lead), { id: 1, opt_out: false, next_call: '2026-08-01', Status: 'closed' })
  assert.throws(() => program.write({}, lead), { code: 'JALON_ARGUMENT' })
  assert.throws(() => program.set('Leads', 'lead', 'Status', 'x'), { code: 'JALON_ARGUMENT' })
})

test('problems say what is wrong', () => {
  const text = 'module M\n  Montant : nombre\nscore S sur M\n  +1 si Montant > 3\n'
  const bad = { Montant: 'cher' }
  const fr = '`M.Montant` : `cher` n\'est pas un nombre'
  const known = jalon.parse(text)
  const all = [
    known.score('S', bad).errors,
    known.score('S', bad, { explain: true }).toJSON().errors,
    known.scoreMany('S', [bad])[0].errors,
    known.scoreBatch('S', [bad]).errors.get(0),
    known.explain('Montant > 3', bad).errors,
  ]
  for (const [problem] of all) {
    assert.equal(String(problem), fr)
    assert.equal(problem.message('en'), '`M.Montant`: `cher` is not a number')
    assert.deepEqual(Object.keys(problem), ['module', 'field', 'value', 'kind', 'expected'])
  }
  try {
    jalon.parse(text, { strict: true }).score('S', bad)
    assert.fail('nothing was thrown')
  } catch (error) {
    assert.equal(String(error.problems[0]), error.message)
  }
})

test('diagnostics are one line in their language', () => {
  const text = '# 🎉\nscore S\n  +0 si Nom EST VIDE\n'
  const found = jalon.parse(text, { name: 's.jalon' }).check().find(({ code }) => code === 'W0840')
  assert.match(String(found), /^s\.jalon:3:4: avertissement\[W0840\]: /)
  assert.equal(found.text, String(found))
  assert.match(text.slice(found.start, found.end), /^0/)
})
