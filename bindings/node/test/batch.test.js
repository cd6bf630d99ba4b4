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

test('the points of each line', async () => {
  const { lines } = program.scoreBatch('Scorex', records, { contributions: true })
  assert.deepEqual(lines.map(({ text }) => text), ["+25 si Adresse N'EST PAS VIDE", '+10 si Statut EST Clic', '-2 si Montant > 100'])
  assert.deepEqual(lines.map(({ points }) => [...points]), [[25, 0, 25], [10, 0, 0], [0, 0, -2]])
  assert.equal('lines' in program.scoreBatch('Scorex', records), false)
  assert.deepEqual(program.scoreBatch('Scorex', [], { contributions: true }).lines.map(({ points }) => points.length), [0, 0, 0])
  const options = { contributions: true }
  assert.deepEqual(await program.scoreBatchAsync('Scorex', many, options), program.scoreBatch('Scorex', many, options))
  const scored = tableFromIPC(program.scoreBatch('Scorex', tableToIPC(table), options))
  assert.deepEqual(scored.schema.names.slice(-4), ['Scorex_line_1', 'Scorex_line_2', 'Scorex_line_3', 'errors'])
  assert.deepEqual([...scored.getChild('Scorex_line_3')], [0n, 0n, -2n])
})

test('the rows on which a criterion holds', async () => {
  assert.deepEqual(program.filterBatch("Adresse N'EST PAS VIDE", records), [records[0], records[2]])
  assert.equal(program.filterBatch(program.criterion('Montant > 100'), new Set(records))[0], records[2])
  const held = program.filterBatch('Statut EST Clic', many)
  assert.equal(held.length, 334)
  assert.deepEqual(await program.filterBatchAsync('Statut EST Clic', many), held)
  const halves = tableToIPC(new Table([...table.slice(0, 2).batches, ...table.slice(2, 3).batches]))
  const kept = tableFromIPC(program.filterBatch("Adresse N'EST PAS VIDE", halves))
  assert.deepEqual(kept.schema.names, table.schema.names)
  assert.deepEqual([...kept.getChild('Email')], ['a@exemple.fr', 'c@exemple.fr'])
  assert.deepEqual(await program.filterBatchAsync("Adresse N'EST PAS VIDE", halves), program.filterBatch("Adresse N'EST PAS VIDE", halves))
})

test('the reasons of each row', async () => {
  const plain = (results) => JSON.parse(JSON.stringify(results))
  const told = program.explainBatch('Scorex', records, { lang: 'en' })
  assert.ok(told[0] instanceof jalon.Score)
  assert.deepEqual(plain(told), plain(records.map((record) => program.score('Scorex', record))))
  assert.deepEqual(told.map(({ total }) => total), [35, 0, 23])
  assert.equal(String(told[0]), program.score('Scorex', records[0]).explain('en'))
  assert.notEqual(String(told[0]), told[0].explain('fr'))
  const whys = program.explainBatch('Montant > 100', records)
  assert.ok(whys[0] instanceof jalon.Explanation)
  assert.deepEqual(whys.map(({ holds, errors }) => [holds, errors.length]), [[false, 0], [false, 1], [true, 0]])
  assert.equal(String(whys[2]), String(program.explain('Montant > 100', records[2])))
  assert.deepEqual(plain(await program.explainBatchAsync('Scorex', many)), plain(program.explainBatch('Scorex', many)))
  assert.deepEqual(program.explainBatch(program.criterion('Montant > 100'), []), [])

  const scored = tableFromIPC(program.explainBatch('Scorex', tableToIPC(table), { lang: 'en' }))
  assert.deepEqual(scored.schema.names, ['Email', 'Statut', 'Montant', 'Scorex', 'Scorex_stars', 'Scorex_label', 'errors', 'Scorex_lines'])
  const lines = [...scored.getChild('Scorex_lines').get(0)].map((line) => line.toJSON())
  assert.deepEqual(lines.map(({ holds }) => holds), [true, true, false])
  assert.equal(lines[1].line, '+10 si Statut EST Clic')
  assert.match(lines[1].reason, /CLIC/)
  const explained = await program.explainBatchAsync('Montant > 100', tableToIPC(table))
  assert.deepEqual([...tableFromIPC(explained).getChild('holds')], [false, false, true])
  assert.match(tableFromIPC(explained).getChild('reason').get(1), /beaucoup/)
})

test('what is wrong with those is said', async () => {
  const argument = (error) => error instanceof TypeError && error.code === 'JALON_ARGUMENT'
  assert.throws(() => program.scoreBatch('Scorex', records, { contributions: 1 }), argument)
  assert.throws(() => program.filterBatch({ a: 'Statut EST Clic' }, records), argument)
  assert.throws(() => program.filterBatch('Statut EST Clic', 3), argument)
  assert.throws(() => program.explainBatch(3, records), argument)
  assert.throws(() => program.explainBatch('Scorex', records, { lang: 'de' }), argument)
  assert.throws(() => program.explainBatch('Scorex', records, { threads: 2 }), argument)
  assert.throws(() => program.explainBatch(null, records), jalon.UnknownNameError)
  assert.throws(() => program.explainBatch('Scorez', records), jalon.ProgramError)
  assert.throws(() => program.explainBatch('Frais', tableToIPC(table)), jalon.ClockError)
  await assert.rejects(program.explainBatchAsync('Frais', records), jalon.ClockError)
  await assert.rejects(program.filterBatchAsync('Statuts EST Clic', records), jalon.CheckError)
  const signal = AbortSignal.abort(new Error('enough'))
  await assert.rejects(program.explainBatchAsync('Scorex', many, { signal }), /enough/)
})
