// Events decided, state kept, functions called, programs rehearsed.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import * as jalon from 'jalon'

const RULES = `
module Prospects
  Nom      : texte
  Pays     : texte
  Montant  : devise
  Vu le    : date

règle "Score" sur Prospects
  quand créé
  si Pays EST France
  une seule fois
  alors
    Montant : Montant * 2
    Vu le : aujourd'hui
    fonction C15_Lead_Calcul_Scorex(Nom, Montant, Vu le)
    fonction Notifier("fini")
  puis 3 jours après
    tâche "Relancer \${Nom}", échéance dans 1 jour ouvré

test "un Français" sur Prospects
  avec
    Pays : France
    Montant : 2
  attendu règle "Score" se déclenche

test "raté" sur Prospects
  avec
    Pays : Italie
  attendu règle "Score" se déclenche
`

const program = jalon.parse(RULES, { name: 'rules.jalon' })
const NOW = { now: '2026-06-30T10:30', zone: 'Europe/Paris' }
const created = (more) => ({
  id: 'e1',
  type: 'created',
  module: 'Prospects',
  record: { id: 1, Nom: 'Ferrand', Pays: 'France', Montant: 0.1, ...more },
})

test('a decision is plain data', () => {
  const decision = program.decide(created(), { ...NOW, trace: true })
  assert.deepEqual(decision.changes.map(({ field, old, new: now }) => [field, old, now]), [
    ['Montant', 0.1, 0.2],
    ['Vu le', null, '2026-06-30'],
  ])
  assert.deepEqual(decision.record, { module: 'Prospects', id: '1' })
  const [first] = decision.effects
  assert.equal(first.type, 'function')
  assert.deepEqual(first.arguments, ['Ferrand', 0.2, '2026-06-30'])
  assert.deepEqual(decision.timers[0].timer.due, new Date('2026-07-03T08:30Z'))
  assert.equal(decision.timers[0].timer.kind, 'later')
  assert.ok(decision.trace.some(({ step, outcome, why }) => step === 'rule' && outcome === 'fired' && why[0].holds))
  assert.deepEqual(structuredClone(decision), decision)
  assert.match(decision.report('fr'), /fonction C15_Lead_Calcul_Scorex/)
  assert.match(decision.report('en'), /2026-07-03T10:30[^]*fires/) // in Paris
  assert.equal(program.decide(created(), NOW).trace, null)
})

test('numbers and dates go in exactly', () => {
  const now = new Date('2026-01-31T09:30Z')
  const event = { ...created({ Montant: 12345678901234567890n }), now }
  const { changes } = program.decide(event, { zone: 'Europe/Paris' })
  assert.deepEqual(changes.map((change) => change.new), ['24691357802469135780', '2026-01-31'])
})

test('effects name users', () => {
  const rules = jalon.parse(`
règle "Accueil" sur Prospects
  quand créé
  alors
    e-mail "Bonjour" à rôle Commercial, champ Propriétaire
    affecter à rôle Directrice
test "la directrice est chargée" sur Prospects
  avec
    Nom : Ferrand
  attendu affecter "Alice"
`)
  const event = created({ Propriétaire: 7 })
  const alice = { name: 'Alice', id: 7, email: 'alice@exemple.fr', roles: new Set(['Directrice']) }
  const list = [alice, { name: 'Bruno', roles: ['Commercial'] }]
  for (const users of [list, new Set(list), new jalon.Users(list)]) {
    for (const { effects } of [rules.decide(event, { users }), new jalon.Rehearsal(rules, { users }).send(event)]) {
      assert.deepEqual(effects.map(({ to }) => to), [['Bruno', 'alice@exemple.fr'], 'Alice'])
    }
    assert.equal(rules.test({ users }).passed, true)
  }
  assert.equal(new jalon.Users(list).size, 2)
  assert.equal(rules.test().passed, false)
  assert.equal(rules.decide(event).effects[1].to, 'role:Directrice')
  assert.equal(rules.decide(event, { users: [{ name: 'Zoé' }] }).errors[0].reason, 'no_recipient')
  for (const [users, message] of [
    [[{ name: 'Alice', role: [] }], /utilisateur 1 `Alice` : clé inconnue `role` ; vouliez-vous dire `roles`/],
    [[alice, { name: 'ALICE' }], /utilisateur 2 `ALICE` : l'utilisateur 1/],
    [[3], /utilisateur 1 : un utilisateur est un objet/],
  ]) {
    const wrong = { name: 'UsersError', code: 'JALON_USERS', message }
    assert.throws(() => rules.decide(event, { users }), wrong)
    assert.throws(() => rules.test({ users }), wrong)
    assert.throws(() => new jalon.Rehearsal(rules, { users }), wrong)
    assert.throws(() => new jalon.Users(users), { code: 'JALON_USERS', message: /^user [12]/ })
  }
  assert.throws(() => rules.decide(event, { users: {} }), { code: 'JALON_ARGUMENT', message: 'users must be an array' })
})

test('state is kept as JSON', () => {
  const state = new jalon.State()
  const decision = program.decide(created(), { ...NOW, state })
  state.apply(decision)
  assert.deepEqual(state.nextDue(), decision.timers[0].timer.due)
  for (const kept of [jalon.State.fromJSON(state.toJSON()), jalon.State.fromJSON(JSON.stringify(state))]) {
    assert.deepEqual(kept.toJSON(), state.toJSON())
    assert.deepEqual(program.decide(created(), { ...NOW, state: kept }).fired, [])
  }
  const replayed = new jalon.State()
  replayed.apply(JSON.parse(JSON.stringify(decision)))
  assert.deepEqual(replayed.toJSON(), state.toJSON())
  state.forget('Prospects', 1, 'Autre')
  assert.deepEqual(program.decide(created(), { ...NOW, state }).fired, [])
  state.forget('Prospects', 1)
  assert.deepEqual(program.decide(created(), { ...NOW, state }).fired, ['Score'])
  assert.throws(() => jalon.State.fromJSON({ version: 99 }), { name: 'StateError', code: 'JALON_STATE', message: /newer/ })
  assert.throws(() => jalon.State.fromJSON('['), jalon.StateError)
  assert.throws(() => program.decide(created(), { ...NOW, state: {} }), { code: 'JALON_ARGUMENT' })
})

test('what is due', () => {
  const state = new jalon.State()
  state.apply(program.decide(created(), NOW))
  const zone = 'Europe/Paris'
  assert.deepEqual(program.due(state, '2026-07-03T10:29', { zone }), [])
  const [due] = program.due(state, '2026-07-03T10:30', { zone })
  assert.deepEqual(state.due(program, new Date('2026-07-04')), [due])
  const event = { id: due.timer.id, type: 'due', timer: due.timer.id, module: 'Prospects' }
  const record = { id: 1, Nom: 'Ferrand', Pays: 'France' }
  const decision = program.decide({ ...event, record }, { state, now: due.at, zone })
  assert.deepEqual(decision.effects.map(({ type, subject, due, done }) => [type, subject, due, done]), [
    ['task', 'Relancer Ferrand', '2026-07-06', false],
  ])
  state.apply(decision)
  assert.deepEqual(program.due(state, '2027-01-01'), [])
})

test('functions of the host, sync and async', async () => {
  const decision = program.decide(created(), NOW)
  const calls = []
  const functions = { C15_Lead_Calcul_Scorex: (...given) => calls.push(given), Notifier: (text) => calls.push(text) }
  const results = jalon.perform(decision, functions)
  assert.deepEqual(calls, [['Ferrand', 0.2, '2026-06-30'], 'fini'])
  assert.deepEqual(results, Object.fromEntries(decision.effects.map(({ id }, index) => [id, index + 1])))
  const order = []
  const slow = {
    C15_Lead_Calcul_Scorex: async () => {
      await new Promise((done) => setTimeout(done, 5))
      order.push('slow')
      return 'slow'
    },
    Notifier: (text) => order.push(text),
  }
  assert.deepEqual(Object.values(await jalon.performAsync(decision, slow)), ['slow', 2])
  assert.deepEqual(order, ['slow', 'fini'])
  assert.throws(() => jalon.perform(decision, slow), { code: 'JALON_ARGUMENT', message: /performAsync/ })
})

test('a function that is missing is said before any is called', async () => {
  const decision = program.decide(created(), NOW)
  const calls = []
  const functions = { C15_Lead_Calcul_Scorex: () => calls.push(1), Notifer: () => calls.push(2) }
  const unknown = {
    name: 'UnknownNameError',
    what: 'function',
    suggestion: 'Notifer',
    message: 'fonction inconnue `Notifier` ; vouliez-vous dire `Notifer` ?',
  }
  assert.throws(() => jalon.perform(decision, functions), unknown)
  await assert.rejects(jalon.performAsync(decision, functions), unknown)
  assert.deepEqual(calls, [])
  assert.throws(() => jalon.perform(decision, { ...functions, Notifier: 3 }), { code: 'JALON_ARGUMENT' })
  // an own property only
  assert.throws(() => jalon.perform({ effects: [{ type: 'function', name: 'toString' }] }, {}), jalon.UnknownNameError)
})

test('an event that cannot be read', () => {
  for (const [event, message] of [
    [{ type: 'created', record: {} }, /`id`/],
    [{ id: 1, type: 'craeted', record: {} }, /vouliez-vous dire `created`/],
    [{ id: 1, type: 'created', recrd: {} }, /vouliez-vous dire `record`/],
    [{ id: 1, type: 'created', record: 3 }, /`record`/],
    [{ id: 1, type: 'created', record: {}, now: 'hier' }, /hier/],
  ]) {
    assert.throws(() => program.decide(event, NOW), { name: 'EventError', code: 'JALON_EVENT', message })
  }
  assert.throws(() => program.decide(3, NOW), { code: 'JALON_ARGUMENT', message: /the event/ })
  assert.throws(() => program.decide(created()), jalon.ClockError)
  assert.throws(() => program.decide({ ...created(), module: 'Prospect' }, NOW), jalon.UnknownNameError)
  assert.throws(() => program.select('Appels', [], '2026-06-30'), { what: 'schedule' })
  assert.throws(() => program.decide(created(), { nwo: 1 }), { code: 'JALON_ARGUMENT' })
})

test('tests beside the rules', () => {
  const report = program.test(NOW)
  assert.equal(report.passed, false)
  const [passed, failed] = report.tests
  assert.deepEqual([passed.passed, passed.expectations, passed.file], [true, 1, 'rules.jalon'])
  assert.match(failed.failures[0].found, /Italie/)
  assert.equal(failed.failures[0].line, RULES.split('\n').indexOf('test "raté" sur Prospects') + 4)
  assert.deepEqual([report.coverage[0].of, report.coverage[0].seenTrue, report.coverage[0].seenFalse], ['Score', true, true])
})

test('templates', () => {
  const template = program.template('<b>${Nom ou "client"}</b> ${Montant}', { format: 'html' })
  assert.equal(template.render({ Nom: 'R&D', Montant: 1.5 }), '<b>R&amp;D</b> 1.5')
  assert.deepEqual([template.text.slice(0, 3), template.readsClock, template.diagnostics], ['<b>', false, []])
  assert.throws(() => program.template('${Nm}'), jalon.CheckError)
  assert.throws(() => program.template('x', { format: 'pdf' }), { code: 'JALON_ARGUMENT', message: /text, html/ })
  assert.throws(() => template.render({ Montant: 'beaucoup' }), jalon.RecordError)
})

test('a rehearsal', () => {
  const records = { Prospects: [{ id: 7, Nom: 'Blanc' }] }
  const stage = new jalon.Rehearsal(program, { ...NOW, records })
  assert.deepEqual(stage.send(created()).fired, ['Score'])
  const [fired] = stage.advance('2026-07-10')
  assert.deepEqual(fired.at, new Date('2026-07-03T08:30Z'))
  assert.equal(fired.decision.effects[0].subject, 'Relancer Ferrand')
  assert.deepEqual(stage.now, new Date('2026-07-09T22:00Z'))
  assert.deepEqual(stage.records.map(({ id, record }) => [id, record.Montant]), [['1', 0.2], ['7', undefined]])
  assert.deepEqual(stage.history.map(({ at }) => at.toISOString()), ['2026-06-30T08:30:00.000Z', '2026-07-03T08:30:00.000Z'])
  const again = new jalon.Rehearsal(program, { ...NOW, state: stage.state })
  assert.deepEqual(again.send(created()).fired, [])
  assert.throws(() => new jalon.Rehearsal(program, { records: { Prospects: [{}] } }), { code: 'JALON_ARGUMENT', message: /`id`/ })
  assert.throws(() => new jalon.Rehearsal({}), { code: 'JALON_ARGUMENT' })
})

const SCHEDULE = `
module Prospects
  Nom : texte
  Jour : date
calendrier Siège, fuseau Pacific/Noumea
  lundi à vendredi 09:00-19:00
score S sur Prospects
  +1 si Jour EST AUJOURD'HUI
planification Appels chaque jour à 19:00
  au plus 1 Prospects, triés par Nom
  alors
    Nom : vu
`

test('schedules, and the zone of the calendar in every evaluation', () => {
  const program = jalon.parse(SCHEDULE)
  assert.deepEqual(program.schedules, ['Appels'])
  const evening = new Date('2026-06-30T08:00Z') // 19:00 in Nouméa
  assert.deepEqual(program.nextRun('Appels', '2026-06-30T10:00'), evening)
  const state = new jalon.State()
  state.tick(program, '2026-06-30T10:00')
  assert.deepEqual(program.due(state, '2026-06-30T20:00'), [{ type: 'schedule', at: evening, schedule: 'Appels' }])
  const records = [{ id: 1, Nom: 'B' }, { id: 2, Nom: 'A' }]
  assert.deepEqual(program.select('Appels', records, evening), [records[1]])

  const now = '2026-06-30T20:00Z' // the first of July in Nouméa
  const lead = { Jour: '2026-07-01' }
  const today = "Jour EST AUJOURD'HUI"
  assert.equal(program.score('S', lead, { now }).total, 1)
  assert.equal(program.score('S', lead, { now, zone: 'Europe/Paris' }).total, 0)
  assert.equal(program.matches(today, lead, { now }), true)
  assert.equal(program.scorer('S', { now })(lead), 1)
  assert.deepEqual([...program.scoreBatch('S', [lead], { now }).total], [1])
  assert.deepEqual(program.matchBatch(today, [lead], { now }), [true])
  assert.equal(program.explain(today, lead, { now }).holds, true)
})

test('require and import are one module', () => {
  const required = createRequire(import.meta.url)('jalon')
  assert.equal(required.State, jalon.State)
  assert.equal(required.perform, jalon.perform)
  assert.ok(new required.Rehearsal(program, NOW) instanceof jalon.Rehearsal)
})
