import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { inspect } from 'node:util'
import * as jalon from 'jalon'

const SCOREX = `module Prospects (Leads)
  Nom (Last_Name) : texte
  Adresse e-mail (Email) : e-mail
  Pays : texte
  Montant : devise
  Date Prochain Push : date
  E-mails : événements (Objet : texte)

score Scorex sur Prospects
  +25 si Adresse e-mail N'EST PAS VIDE
  -100 si Pays EST Atlantide
  +2,5 si Montant > 1000
  groupe Comportement, entre 0 et 30
    +10 par e-mail ouvert, au plus 50, sur 90 jours
  étoiles 1 dès 0, 2 dès 20, 3 dès 40
  mentions froid dès -100, tiède dès 30, chaud dès 60

règle "CM1 : MONACO" sur Prospects
  quand créé
  si Pays EST Monaco
  alors
    Pays : Monaco
`
const now = '2026-06-30T10:30'
const zone = 'Europe/Paris'
const opened = (at) => ({ type: 'email_opened', at })
const lead = () => ({
  Nom: 'Ferrand',
  Email: 'a@exemple.fr',
  Pays: 'FRANCE',
  Montant: 1000.5,
  'E-mails': [opened('2026-06-29'), opened('2026-06-01T08:00:00Z'), opened('2020-01-01')],
})

test('a program says what it declares', () => {
  const program = jalon.parse(SCOREX)
  assert.deepEqual(program.modules, ['Prospects'])
  assert.deepEqual(program.scores, ['Scorex'])
  assert.deepEqual(program.rules, ['CM1 : MONACO'])
  assert.deepEqual(program.sources, [{ name: '<text>', text: SCOREX }])
  assert.ok(Array.isArray(program.diagnostics))
  assert.throws(() => program.scores.push('other'), globalThis.TypeError)
})

test('a score has a total, and reasons on demand', () => {
  const score = jalon.parse(SCOREX).score('Scorex', lead(), { now, zone })
  assert.equal(score.name, 'Scorex')
  assert.equal(score.total, 47.5)
  assert.equal(score.totalText, '47.5')
  assert.equal(score.stars, 3)
  assert.equal(score.label, 'tiède')
  assert.deepEqual(score.errors, [])
  assert.equal(score.positive, 47.5)
  assert.equal(score.negative, 0)
  assert.equal(score.touchPoints.positive, 20)
  assert.deepEqual(
    score.lines.map((line) => [line.pointsText, line.holds]),
    [['25', true], ['0', false], ['2.5', true], ['20', true]],
  )
  assert.equal(score.lines[3].events.expired, 1)
  assert.equal(score.lines[3].group, 'Comportement')
  assert.deepEqual(score.groups.map((group) => [group.name, group.points]), [['Comportement', 20]])
  assert.ok(score.nextChange instanceof Date)
  assert.ok(score.nextChange > new Date('2026-06-30T08:30:00Z'))
})

test('a score explains itself in French and English', () => {
  const score = jalon.parse(SCOREX).score('Scorex', lead(), { now, zone })
  assert.match(score.explain('fr'), /47[.,]5/)
  assert.notEqual(score.explain('fr'), score.explain('en'))
  assert.equal(`${score}`, score.explain())
  assert.throws(() => score.explain('de'), { name: 'TypeError', code: 'JALON_ARGUMENT' })
})

test('a score is plain data for JSON and for the console', () => {
  const score = jalon.parse(SCOREX).score('Scorex', lead(), { now, zone })
  const data = JSON.parse(JSON.stringify(score))
  assert.equal(data.total, 47.5)
  assert.equal(data.lines.length, 4)
  assert.equal(data.lines[0].reason.kind, 'leaf')
  assert.equal(data.lines[0].reason.value.state, 'value')
  assert.match(inspect(score), /^Score \{.*total: 47.5/s)
})

test('reasons asked for after the record changed are refused', () => {
  const program = jalon.parse(SCOREX)
  const record = lead()
  const score = program.score('Scorex', record, { now, zone })
  const fixed = program.score('Scorex', record, { now, zone, explain: true })
  record.Email = null
  assert.throws(() => score.lines, { name: 'RecordChangedError', code: 'JALON_RECORD_CHANGED' })
  assert.throws(() => score.explain(), jalon.RecordChangedError)
  assert.equal(fixed.lines[0].points, 25)
  record.Email = 'b@exemple.fr'
  assert.equal(score.lines[0].points, 25, 'a change that gives the same total is no change')
  record.Email = null
  assert.equal(score.lines[0].points, 25, 'reasons once given stay')
})

test('the only score needs no name, nor does any name need its case', () => {
  const program = jalon.parse(SCOREX)
  assert.equal(program.score(null, lead(), { now, zone }).total, 47.5)
  assert.equal(program.score('scorex', lead(), { now, zone }).name, 'Scorex')
})

test('decimals are exact as text and nearest as a number', () => {
  const program = jalon.parse('score S\n  +0,1 si A EST 1\n  +0,2 si A EST 1\n  +1234567890123456,789 si A EST 2')
  assert.equal(program.score('S', { A: 1 }).totalText, '0.3')
  assert.equal(program.score('S', { A: 1 }).total, 0.3)
  assert.equal(program.score('S', { A: 2 }).totalText, '1234567890123456.789')
  assert.equal(program.score('S', { A: 2 }).total, 1234567890123456.789)
})

test('criteria match and explain, with and without a program', () => {
  const france = jalon.criterion('Pays CONTIENT france')
  assert.equal(france.text, 'Pays CONTIENT france')
  assert.equal(france.readsClock, false)
  assert.equal(france.matches({ Pays: 'France métropolitaine' }), true)
  assert.equal(france.matches({ Pays: 'Monaco' }), false)
  const why = france.explain({ Pays: 'Monaco' }, { lang: 'en' })
  assert.equal(why.holds, false)
  assert.equal(why.root.kind, 'leaf')
  assert.deepEqual(why.root.value, { state: 'value', value: 'Monaco' })
  assert.equal(`${why}`, why.explain('en'))
  assert.notEqual(why.explain('fr'), why.explain('en'))

  const program = jalon.parse(SCOREX)
  assert.equal(program.matches('Email IS EMPTY', lead()), false)
  assert.equal(program.matches('Email IS EMPTY', {}, { module: 'Leads' }), true)
  const compiled = program.criterion('Email IS EMPTY', { module: 'Prospects' })
  assert.equal(program.matches(compiled, lead()), false)
  assert.equal(program.explain('Email IS EMPTY', {}).root.because, 'absent')
  assert.equal(program.rule('CM1 : MONACO').matches({ Pays: 'monaco' }), true)
})

test('all rules are asked at once', () => {
  const program = jalon.parse(SCOREX)
  assert.deepEqual(program.matching({ Pays: 'monaco' }), ['CM1 : MONACO'])
  assert.deepEqual(program.matching({ Pays: 'France' }, { now, zone, module: 'Prospects' }), [])
  assert.throws(() => program.matching({}, { modul: 'Prospects' }), { code: 'JALON_ARGUMENT' })
})

test('now is a Date or ISO text, read in the zone', () => {
  const today = jalon.criterion("Le EST aujourd'hui")
  assert.equal(today.readsClock, true)
  const record = { Le: '2026-06-30' }
  const late = new Date('2026-06-29T23:30:00Z')
  assert.equal(today.matches(record, { now: late, zone: 'Europe/Paris' }), true)
  assert.equal(today.matches(record, { now: late }), false)
  assert.equal(today.matches(record, { now: '2026-06-30T00:30', zone: 'Europe/Paris' }), true)
  assert.equal(today.matches(record, { now: '2026-06-29T23:30:00Z', zone: 'Europe/Paris' }), true)
  assert.equal(today.matches(record, { now: '2026-06-30' }), true)
})

test('scoreMany gives each total without its reasons', () => {
  const program = jalon.parse(SCOREX)
  const totals = program.scoreMany('Scorex', [lead(), {}, { Pays: 'Atlantide' }], { now, zone })
  assert.deepEqual(totals, [
    { total: 47.5, totalText: '47.5', stars: 3, label: 'tiède', errors: [] },
    { total: 0, totalText: '0', stars: 1, label: 'froid', errors: [] },
    { total: -100, totalText: '-100', stars: null, label: 'froid', errors: [] },
  ])
  assert.deepEqual(program.scoreMany('Scorex', [], { now }), [])
  assert.equal(program.scoreMany('Scorex', new Set([lead()]), { now, zone })[0].total, 47.5)
})

test('files, several files and folders load', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'jalon-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const [one, two] = [join(folder, 'a.jalon'), join(folder, 'b.jalon')]
  writeFileSync(one, SCOREX)
  writeFileSync(two, 'score Autre sur Prospects\n  +1 si Pays EST Monaco\n')
  assert.deepEqual(jalon.load(one).scores, ['Scorex'])
  assert.deepEqual(jalon.load(pathToFileURL(one)).scores, ['Scorex'])
  assert.deepEqual(jalon.load([one, two]).scores, ['Scorex', 'Autre'])
  assert.deepEqual([...jalon.load(folder).scores].sort(), ['Autre', 'Scorex'])
  assert.throws(() => jalon.load(join(folder, 'none.jalon')), { name: 'JalonError', code: 'JALON_FILE' })
})

test('require gives the same classes as import', () => {
  const required = createRequire(import.meta.url)('jalon')
  assert.deepEqual(Object.keys(required).sort(), Object.keys(jalon).filter((key) => key !== 'default').sort())
  for (const name of Object.keys(required)) assert.equal(required[name], jalon[name])
  assert.throws(() => required.parse('score\n  +'), jalon.JalonError)
})
