import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Bool, DateDay, Dictionary, Field, Int32, List, Struct, Table, tableFromArrays, tableFromIPC, tableToIPC, TimestampMillisecond, Utf8, vectorFromArray } from 'apache-arrow'
import * as jalon from 'jalon'

const program = jalon.parse(`module Prospects
  Nom (Last Name)    : texte
  Adresse (Email)    : e-mail
  Statut             : liste Clic, Ouvert
  Montant            : devise
  Relance            : date
  Visites            : événements (Page : url)

score Scorex sur Prospects
  +25 si Adresse N'EST PAS VIDE
  +10 si Statut EST Clic
  -2  si Montant > 100
  étoiles 1 dès 10, 2 dès 30
  mentions froid dès 0, chaud dès 30

score Poids sur Prospects
  + Montant / 1000 si Montant > 0

score Frais sur Prospects
  +7 si Relance DANS LES 7 DERNIERS jours

score Visites vues sur Prospects
  +5 par visite, au plus 10
`)
const records = [
  { Email: 'a@exemple.fr', Statut: 'CLIC' },
  { Email: null, Statut: 'Ouvert', Montant: 'beaucoup' },
  { Email: 'c@exemple.fr', Statut: 'Ouvert', Montant: 250.5 },
]
const many = Array.from({ length: 1000 }, (_, i) => records[i % 3])
const table = tableFromArrays({
  Email: ['a@exemple.fr', null, 'c@exemple.fr'],
  Statut: ['CLIC', 'Ouvert', 'Ouvert'],
  Montant: [null, 'beaucoup', '250.5'],
})

test('records give columns', () => {
  const scores = program.scoreBatch('Scorex', records)
  assert.equal(scores.length, 3)
  assert.deepEqual(scores.total, Float64Array.of(35, 0, 23))
  assert.deepEqual(scores.stars, [2, null, 1])
  assert.deepEqual(scores.label, ['chaud', 'froid', 'froid'])
  assert.deepEqual([...scores.errors.keys()], [1])
  assert.deepEqual(scores.errors.get(1), program.score('Scorex', records[1]).errors)
  assert.deepEqual(program.scoreBatch('Poids', [{ Montant: 100.1 }]).total, Float64Array.of(0.1001))
  assert.equal(program.scoreBatch('Scorex', []).length, 0)
  assert.equal(program.scoreBatch('Scorex', new Set(records)).length, 3)
})

test('columns hold what scoreMany gives', () => {
  const scores = program.scoreBatch('Scorex', many)
  const totals = program.scoreMany('Scorex', many)
  assert.deepEqual(Array.from(scores.total), totals.map(({ total }) => total))
  assert.deepEqual(scores.stars, totals.map(({ stars }) => stars))
  assert.deepEqual(scores.label, totals.map(({ label }) => label))
  totals.forEach(({ errors }, row) => assert.deepEqual(scores.errors.get(row) ?? [], errors))
})

test('the same on another thread, while the event loop turns', async () => {
  let turns = 0
  let running = true
  const turn = () => {
    turns += 1
    if (running) setImmediate(turn)
  }
  setImmediate(turn)
  assert.deepEqual(await program.scoreBatchAsync('Scorex', many), program.scoreBatch('Scorex', many))
  assert.ok(turns >= 3, `the event loop turned ${turns} times`)
  const criteria = { adresse: "Adresse N'EST PAS VIDE", clic: 'Statut EST Clic' }
  assert.deepEqual(await program.matchBatchAsync(criteria, many), program.matchBatch(criteria, many))
  assert.deepEqual(await program.matchBatchAsync('Statut EST Clic', many), program.matchBatch('Statut EST Clic', many))
  const bytes = tableToIPC(table)
  const seen = turns
  const scored = program.scoreBatchAsync('Scorex', bytes)
  bytes.fill(0) // it has its own copy
  assert.deepEqual(await scored, program.scoreBatch('Scorex', tableToIPC(table)))
  assert.deepEqual(await program.matchBatchAsync(criteria, tableToIPC(table)), program.matchBatch(criteria, tableToIPC(table)))
  assert.ok(turns > seen)
  running = false
})

test('criteria give one array each', () => {
  assert.deepEqual(program.matchBatch('Statut EST Clic', records), [true, false, false])
  assert.deepEqual(program.matchBatch(program.criterion('Montant > 100'), records), [false, false, true])
  const masks = program.matchBatch({ clic: 'Statut EST Clic', gros: program.criterion('Montant > 100') }, records)
  assert.deepEqual(masks, { clic: [true, false, false], gros: [false, false, true] })
  assert.deepEqual(program.matchBatch({ clic: 'Statut EST Clic' }, []), { clic: [] })
})

for (const format of ['stream', 'file']) {
  test(`Arrow bytes, a ${format}, come back with columns added`, () => {
    const bytes = tableToIPC(table, format)
    const out = program.scoreBatch('Scorex', bytes)
    assert.equal(Buffer.from(out.subarray(0, 6)).toString() === 'ARROW1', format === 'file')
    const scored = tableFromIPC(out)
    assert.deepEqual(scored.schema.names, ['Email', 'Statut', 'Montant', 'Scorex', 'Scorex_stars', 'Scorex_label', 'errors'])
    assert.deepEqual([...scored.getChild('Scorex')], [35n, 0n, 23n])
    assert.deepEqual([...scored.getChild('Scorex_stars')], [2n, null, 1n])
    assert.deepEqual([...scored.getChild('Scorex_label')], ['chaud', 'froid', 'froid'])
    assert.match(scored.getChild('errors').get(1), /Montant/)
    assert.deepEqual([...scored.getChild('Email')], [...table.getChild('Email')])
    const again = tableFromIPC(program.scoreBatch('Scorex', out))
    assert.deepEqual(again.schema.names, scored.schema.names, 'columns are replaced')
    const matched = tableFromIPC(program.matchBatch({ clic: 'Statut EST Clic', vide: 'Adresse EST VIDE' }, bytes))
    assert.deepEqual([...matched.getChild('clic')], [true, false, false])
    assert.deepEqual([...matched.getChild('vide')], [false, true, false])
    assert.deepEqual([...tableFromIPC(program.matchBatch('Adresse EST VIDE', bytes)).getChild('matches')], [false, true, false])
    const plain = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
    assert.deepEqual(program.scoreBatch('Scorex', plain), out)
    assert.deepEqual(program.scoreBatch('Scorex', Buffer.from(bytes)), out)
    assert.deepEqual(program.scoreBatch('Scorex', bytes, { threads: 2 }), out)
  })
}

test('Arrow types', () => {
  const day = new Date('2026-06-26')
  const visit = new Struct([new Field('type', new Utf8(), true), new Field('at', new TimestampMillisecond(), true)])
  const visits = new List(new Field('item', visit, true))
  const frame = new Table({
    Email: vectorFromArray(['a', null], new Dictionary(new Utf8(), new Int32())),
    Statut: vectorFromArray(['clic', 'clic'], new Utf8()),
    Montant: vectorFromArray([50, 150], new Int32()),
    Relance: vectorFromArray([day, null], new DateDay()),
    Autre: vectorFromArray([true, null], new Bool()),
    Visites: vectorFromArray([[{ type: 'visit', at: +day }, { type: 'visit', at: +day }], []], visits),
  })
  const bytes = tableToIPC(frame, 'stream')
  const column = (score, options) => [...tableFromIPC(program.scoreBatch(score, bytes, options)).getChild(score)]
  assert.deepEqual(column('Scorex'), [35n, 8n])
  assert.deepEqual(column('Frais', { now: '2026-06-30', zone: 'Europe/Paris' }), [7n, 0n])
  assert.deepEqual(column('Frais', { now: new Date('2026-07-30') }), [0n, 0n])
  assert.deepEqual(column('Visites vues', { now: '2026-06-30' }), [10n, 0n])
  assert.equal(tableFromIPC(program.scoreBatch('Poids', bytes)).getChild('Poids').type.scale, 4)
})

test('each row of a frame may have its own clock', () => {
  const frame = tableFromArrays({ Relance: ['2026-06-26', '2026-06-26', '2026-06-26'], 'Vu le': ['2026-06-30', '2026-08-01', 'hier'] })
  const bytes = tableToIPC(frame)
  const scored = tableFromIPC(program.scoreBatch('Frais', bytes, { now: 'vu LE', zone: 'Europe/Paris' }))
  assert.deepEqual([...scored.getChild('Frais')], [7n, 0n, null])
  assert.match(scored.getChild('errors').get(2), /vu LE|Vu le/)
  const matched = program.matchBatch('Relance DANS LES 7 DERNIERS jours', bytes, { now: 'Vu le' })
  assert.deepEqual([...tableFromIPC(matched).getChild('matches')], [true, false, false])
})

test('frames of several batches, without rows, without the fields', () => {
  const column = (scored) => [...scored.getChild('Scorex')]
  const halves = new Table([...table.slice(0, 2).batches, ...table.slice(2, 3).batches])
  assert.equal(halves.batches.length, 2)
  assert.deepEqual(column(tableFromIPC(program.scoreBatch('Scorex', tableToIPC(halves)))), [35n, 0n, 23n])
  const none = tableFromIPC(program.scoreBatch('Scorex', tableToIPC(table.slice(0, 0))))
  assert.deepEqual([none.numRows, none.schema.names.includes('Scorex')], [0, true])
  const other = tableFromIPC(program.scoreBatch('Scorex', tableToIPC(tableFromArrays({ Autre: Int32Array.of(1, 2) }))))
  assert.deepEqual(column(other), [0n, 0n])
})

test('what is wrong is said', async () => {
  const code = (code, Class) => (error) => error instanceof Class && error.code === code
  const argument = code('JALON_ARGUMENT', TypeError)
  for (const wrong of [null, 3, 'rows', {}]) {
    assert.throws(() => program.scoreBatch('Scorex', wrong), argument)
    await assert.rejects(program.scoreBatchAsync('Scorex', wrong), argument)
  }
  assert.throws(() => program.scoreBatch('Scorex', [{}, 3]), /records\[1\] must be an object/)
  await assert.rejects(program.matchBatchAsync('Statut EST Clic', [...many, 3]), /records\[1000\] must be an object/)
  const bytes = tableToIPC(table)
  for (const wrong of [new Uint8Array(0), Uint8Array.of(1, 2, 3), bytes.subarray(0, 100), new TextEncoder().encode('ARROW1 no more')]) {
    assert.throws(() => program.scoreBatch('Scorex', wrong), argument)
    await assert.rejects(program.matchBatchAsync('Statut EST Clic', wrong), argument)
  }
  assert.throws(() => program.scoreBatch('Scorex', records, { threds: 2 }), argument)
  for (const threads of [0, 1.5, '2', -1]) assert.throws(() => program.scoreBatch('Scorex', bytes, { threads }), argument)
  assert.throws(() => program.scoreBatch('Nope', records), jalon.UnknownNameError)
  assert.throws(() => program.scoreBatch('Frais', bytes), jalon.ClockError)
  assert.throws(() => program.scoreBatch('Frais', bytes, { now: 'Vu hier' }), jalon.ClockError)
  assert.throws(() => program.matchBatch({}, records), argument)
  assert.throws(() => program.matchBatch(3, records), argument)
  assert.throws(() => program.matchBatch({ a: 'Statuts EST Clic' }, records), jalon.CheckError)
  const strict = jalon.parse('module M\n  N : entier\n\nscore S sur M\n  +1 si N > 0\n', { strict: true })
  assert.throws(() => strict.scoreBatch('S', [{ N: 1 }, { N: 'x' }]), jalon.RecordError)
  await assert.rejects(strict.matchBatchAsync('N > 0', [{ N: 'x' }]), jalon.RecordError)
})

test('a signal stops', async () => {
  const reason = new Error('enough')
  const signal = AbortSignal.abort(reason)
  await assert.rejects(program.scoreBatchAsync('Scorex', many, { signal }), reason)
  await assert.rejects(program.matchBatchAsync('Statut EST Clic', tableToIPC(table), { signal }), reason)
  const controller = new AbortController()
  setImmediate(() => controller.abort(reason))
  await assert.rejects(program.scoreBatchAsync('Scorex', many, { signal: controller.signal }), reason)
})
