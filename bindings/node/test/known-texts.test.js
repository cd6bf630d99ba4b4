// Texts that records repeat are given by number: they answer as the texts do, whatever comes.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { inspect } from 'node:util'
import * as jalon from 'jalon'

const PROGRAM = `
module Prospects
  Pays    : texte
  Ville   : texte, casse stricte
  Page    : url
  Note    : texte
  Suite   : texte
  Fin     : texte
  Email   : e-mail
  Montant : devise
  Créé    : date

score S sur Prospects
  +1   si Pays EST France, Monaco
  +2   si Pays EST VIDE
  +4   si Ville CONTIENT ice
  +8   si Page CONTIENT contact
  +16  si Note CONTIENT été, "fin"
  +32  si Suite CONTIENT "suite"
  +64  si Fin FINIT PAR "fin"
  +128 si Email N'EST PAS VIDE
  +256 si Montant ENTRE 100 ET 2000
  +512 si Créé DANS LES 30 DERNIERS jours
`
const NOW = { now: '2026-06-30' }
const program = jalon.parse(PROGRAM)

/** Numbers that look random and are the same in every run. */
function dice(seed) {
  let state = seed
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return { next, pick: (values) => values[Math.floor(next() * values.length)] }
}

/** Judges records one by one, and compares with all of them read in full. */
function compare(records, scorer = program.scorer('S', NOW)) {
  const judge = program.judge('S', ['Ville EST Nice', 'Créé EST VIDE'], { module: 'Prospects', ...NOW })
  const whole = program.scoreMany('S', records, NOW)
  const [nice, undated] = ['Ville EST Nice', 'Créé EST VIDE'].map((criterion) => program.matchBatch(criterion, records, { module: 'Prospects', ...NOW }))
  records.forEach((record, i) => {
    assert.equal(scorer(record), whole[i].total, `${i}: ${inspect(record)}`)
    assert.deepEqual(judge(record), { total: whole[i].total, holds: [nice[i], undated[i]] }, `${i}`)
  })
}

test('texts that repeat, and texts that do not', () => {
  const { next, pick } = dice(11)
  const odd = ['', ' ', '\u00a0', 'France', 'FRANCE', 'monaco', 'Nice', 'Venice', '98000', '06000', '0', '-1', '__proto__', 'constructor', 'toString', '\ud800', '\ud800x', '\ufffd', '\ufffdx', 'é', 'été', '𝕏', 'x'.repeat(64), 'x'.repeat(65), 'fin'.repeat(30), '1 500', '2026-06-12', null, undefined, 3, true]
  const records = Array.from({ length: 12_000 }, (_, i) => ({
    Pays: pick(odd),
    Ville: next() < 0.5 ? pick(odd) : `ville ${i % 3000}`,
    Page: `https://exemple.fr/${i}/${pick(['contact', 'prix', 'été', '𝕏'])}`,
    Note: pick(odd),
    Email: `client${i}@exemple.fr`,
    Montant: pick([150, '150', '1 500,5', null, 0.1, 5000]),
    'Créé': pick(['2026-06-12', '12/06/2026', '2025-01-01', null, '']),
  }))
  compare(records)
})

test('texts that begin to repeat, and more than are remembered', () => {
  const scorer = program.scorer('S', NOW)
  const records = []
  for (let i = 0; i < 20_000; i++) records.push({ Pays: `pays ${i}`, Ville: i % 2 ? 'Nice' : `v${i}` })
  for (let i = 0; i < 20_000; i++) records.push({ Pays: i % 3 ? 'Monaco' : `autre ${i % 6000}`, Ville: `${i % 7000} ice` })
  compare(records, scorer)
})

test('a record that is changed', () => {
  const scorer = program.scorer('S', NOW)
  const record = { Pays: 'France', Ville: 'Nice', Fin: null }
  for (let i = 0; i < 300; i++) {
    record.Pays = i % 2 ? 'France' : 'Italie'
    record.Ville = `${i % 2 ? 'N' : 'n'}` + (i % 3 ? 'ice' : 'om')
    record.Fin = i % 5 ? 'fin' : undefined
    compare([record], scorer)
  }
})

test('the clock moves', () => {
  const matcher = (now) => program.matches('Créé DANS LES 30 DERNIERS jours', { 'Créé': '2026-06-12' }, { module: 'Prospects', now })
  for (let i = 0; i < 50; i++) {
    assert.equal(matcher('2026-06-30'), true)
    assert.equal(matcher('2026-09-30'), false)
    assert.equal(program.score('S', { 'Créé': '2026-06-12', Pays: 'Monaco' }, { now: '2026-06-30' }).total, 513)
    assert.equal(program.score('S', { 'Créé': '2026-06-12', Pays: 'Monaco' }, { now: '2026-09-30' }).total, 1)
  }
})

test('long texts, more of them than are given with a call', () => {
  const { pick } = dice(5)
  const long = () => {
    const piece = pick(['contact', 'ice', 'été', 'suite', 'fin', '𝕏', '\ud800', 'x'])
    return pick(['', 'a', 'é', '𝕏']).repeat(pick([1, 20, 300, 1000, 15_000])) + piece
  }
  const records = Array.from({ length: 150 }, (_, i) => ({
    Pays: `${long()}${i}`, Ville: long(), Page: long(), Note: long(), Suite: long(), Fin: long(), Email: long(),
    Montant: i % 3 ? 10n ** 3n : 150, 'Créé': i % 7 ? '2026-06-12' : [], Autre: long(),
  }))
  compare(records)
})

test('names that are no names of variables', () => {
  const names = ['a"b', "a'b", 'a`${1}', '\u2028', '\\', '__proto__', 'constructor', '0', '10', 'a\nb', 'record', 'known', '\ud800']
  const source = `score S\n  +1 si Pays EST France\n`
  const scorer = jalon.parse(source).scorer('S')
  for (const name of names) {
    const record = Object.defineProperty({ Pays: 'France' }, name, { value: 'x', enumerable: true, configurable: true, writable: true })
    for (let i = 0; i < 100; i++) assert.equal(scorer(record), 1)
  }
  const dynamic = jalon.parse('score S\n  +1 si "a`${1}" EST x\n')
  assert.equal(dynamic.scorer('S')({ 'a`${1}': 'x' }), 1)
})

test('where functions may not be made of text', () => {
  const script = `
    const jalon = require('jalon')
    const score = jalon.parse('score S\\n  +1 si Pays EST France\\n  +2 si Email EST VIDE\\n').scorer('S')
    const records = [{ Pays: 'France', Email: 'x' }, { Pays: 'Italie', Email: null }, { Pays: 'FRANCE' }]
    const totals = Array.from({ length: 300 }, (_, i) => score(records[i % 3])).slice(-3)
    console.log(JSON.stringify(totals))`
  const folder = new URL('..', import.meta.url).pathname
  const written = execFileSync(process.execPath, ['--disallow-code-generation-from-strings', '-e', script], { cwd: folder, encoding: 'utf8' })
  assert.deepEqual(JSON.parse(written), [1, 2, 3])
})
