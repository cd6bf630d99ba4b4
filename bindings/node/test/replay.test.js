// Logs replayed through blueprints, and the blueprints that logs imply.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as arrow from 'apache-arrow'
import * as jalon from 'jalon'

const program = jalon.parse(`
parcours "Support" sur Demandes, champ Statut
  états Ouverte, En cours
  gagné Résolue
  transition "Prendre" de Ouverte vers En cours
  transition "Résoudre" de En cours vers Résolue
`)
const at = (hour) => new Date(Date.UTC(2026, 5, 30, hour))
const rows = [
  { id: 1, statut: 'Ouverte', le: at(9) },
  { id: 1, statut: 'en cours', le: at(10) },
  { id: 1, statut: 'Résolue', le: at(12) },
  { id: 2, statut: 'Résolue', le: at(11) },
  { id: 2, statut: 'Ouverte', le: at(8) },
]
const columns = { case: 'id', state: 'statut', time: 'le' }

test('a log is replayed and refusals are explained', () => {
  const report = program.replay(rows, columns)
  const { accepted, refused, cases, events, blueprint, reading, reordered } = report
  assert.deepEqual(
    { accepted, refused, cases, events, blueprint, reading, reordered },
    { accepted: 2, refused: 1, cases: 2, events: 5, blueprint: 'Support', reading: 'states', reordered: 1 },
  )
  assert.deepEqual(report.refusals, [
    {
      from: 'Ouverte',
      to: 'Résolue',
      reason: 'no_transition',
      count: 1,
      case: '2',
      message: 'aucune transition ne va de `Ouverte` à `Résolue`',
    },
  ])
  const [opened] = report.states
  assert.deepEqual([opened.state, opened.default, opened.cases, opened.won], ['Ouverte', true, 2, 2])
  assert.deepEqual([opened.medianSeconds, opened.p90Seconds, opened.wonShare], [3600, 10800, 1])
  assert.deepEqual(report.transitions[0].from, [{ state: 'Ouverte', count: 1 }])
  assert.deepEqual(JSON.parse(JSON.stringify(report)), { ...report })
  const english = program.replay(rows, { ...columns, blueprint: 'support', lang: 'en' })
  assert.match(english.refusals[0].message, /^no transition leads from /)
})

test('its figures are drawn on the picture', () => {
  const figures = program.replay(rows, columns).figures()
  assert.deepEqual(figures.states.Ouverte, { count: 2, medianSeconds: 3600 })
  assert.deepEqual(figures.transitions.Prendre, { count: 1, refused: 0, medianSeconds: 3600, from: { Ouverte: 1 } })
  assert.match(program.picture().with(figures).svg({ lang: 'en' }), /2 · 1\u00a0h/)
})

test('activities may be transitions, and rows those of a frame', () => {
  const done = ['Prendre', 'Résoudre', 'Prendre'].map((what) => ({ case: 'a', what }))
  const report = program.replay(done, { case: 'case', state: 'what' })
  assert.deepEqual([report.accepted, report.refused, report.reading], [2, 1, 'transitions'])
  assert.equal(report.refusals[0].reason, 'end_left')
  const asStates = program.replay(done, { case: 'case', state: 'what', reading: 'states' })
  assert.deepEqual([asStates.accepted, asStates.refused], [0, 2])
  const frame = arrow.tableFromArrays({
    id: rows.map(({ id }) => `${id}`),
    statut: rows.map(({ statut }) => statut),
    le: rows.map(({ le }) => le),
  })
  assert.deepEqual({ ...program.replay(frame, columns) }, { ...program.replay(rows, columns) })
})

test('a blueprint is discovered and accepts its log', () => {
  const text = jalon.discover(rows, { ...columns, name: 'Support', module: 'Demandes', lang: 'fr' })
  assert.match(text, /^parcours "Support" sur Demandes, champ statut$/m)
  const { accepted, refused } = jalon.parse(text).replay(rows, columns)
  assert.deepEqual([accepted, refused], [3, 0])
  assert.match(jalon.discover(rows, { case: 'id', state: 'statut', field: 'Status' }), /blueprint "Discovered blueprint", field Status/)
})

test('what is wrong is said', () => {
  const wrong = (rows, options, told) => assert.throws(() => program.replay(rows, options), told)
  wrong([rows[0], { ...rows[0], id: null }], columns, /ligne 2 : il manque le cas/)
  wrong(rows, { ...columns, blueprint: 'Suport' }, jalon.UnknownNameError)
  wrong(rows, { ...columns, reading: 'events' }, { code: 'JALON_ARGUMENT' })
  wrong(rows, { ...columns, case: 'dossier' }, /no "dossier"/)
  wrong(rows, { state: 'statut' }, /case must be a string/)
  wrong([{ ...rows[0], le: 'hier' }], columns, jalon.ClockError)
  wrong(3, columns, { code: 'JALON_ARGUMENT' })
  wrong([3], columns, { code: 'JALON_ARGUMENT' })
  const many = Array.from({ length: 800 }, (_, n) => ({ id: n >> 1, statut: n % 2 ? `state ${Math.max(n, 301)}` : 'open' }))
  assert.throws(() => jalon.discover([], columns), /no event in this log/)
  assert.throws(() => jalon.discover(many, { case: 'id', state: 'statut' }), /251 different states.*\(minCount: 2\)/)
  assert.throws(() => jalon.discover(rows, { ...columns, minCount: 0 }), { code: 'JALON_ARGUMENT' })
  assert.throws(() => jalon.discover(rows, { ...columns, zone: 'Europe/Pari' }), jalon.ClockError)
})
