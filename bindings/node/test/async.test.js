import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as jalon from 'jalon'

const program = jalon.parse("score S\n  +10 si Montant > 500\n  +1 si Le EST aujourd'hui\n  étoiles 1 dès 10\n")
const now = '2026-06-30'
const records = Array.from({ length: 5000 }, (_, i) => ({ Montant: i % 1000, Le: '2026-06-30', Nom: `n${i}` }))

test('scoreManyAsync gives what scoreMany gives', async () => {
  assert.deepEqual(await program.scoreManyAsync('S', records, { now }), program.scoreMany('S', records, { now }))
  assert.deepEqual(await program.scoreManyAsync('S', [], { now }), [])
  assert.deepEqual(await program.scoreManyAsync(null, new Set(records.slice(0, 3)), { now }), program.scoreMany('S', records.slice(0, 3), { now }))
})

test('scoreManyAsync lets the event loop turn', async () => {
  let turns = 0
  let running = true
  const turn = () => {
    turns += 1
    if (running) setImmediate(turn)
  }
  setImmediate(turn)
  await program.scoreManyAsync('S', records, { now })
  running = false
  const synchronous = turns
  program.scoreMany('S', records, { now })
  assert.ok(turns >= 10, `the event loop turned ${turns} times`)
  assert.equal(turns, synchronous, 'scoreMany, as its name says, does not')
})

test('several batches may run at once', async () => {
  const all = await Promise.all([1, 2, 3].map(() => program.scoreManyAsync('S', records, { now })))
  assert.deepEqual(all[0], all[1])
  assert.deepEqual(all[1], all[2])
})

test('scoreManyAsync stops when told to', async () => {
  const reason = new Error('enough')
  await assert.rejects(program.scoreManyAsync('S', records, { now, signal: AbortSignal.abort(reason) }), reason)
  const controller = new AbortController()
  const scored = program.scoreManyAsync('S', records, { now, signal: controller.signal })
  setImmediate(() => controller.abort())
  await assert.rejects(scored, { name: 'AbortError' })
})

test('scoreManyAsync rejects with the errors of scoreMany', async () => {
  await assert.rejects(program.scoreManyAsync('S', records), jalon.ClockError)
  await assert.rejects(program.scoreManyAsync('T', records, { now }), jalon.UnknownNameError)
  await assert.rejects(program.scoreManyAsync('S', [...records, null], { now }), { name: 'TypeError', message: /records\[5000\]/ })
  await assert.rejects(program.scoreManyAsync('S', records, { nwo: now }), TypeError)
})
