// Approvals and processes, by events.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as jalon from 'jalon'

test('requests for approval are typed', () => {
  const program = jalon.parse(`
module Devis
  Remise : nombre
  Statut : texte
approbation Remise sur Devis
  quand créé
  niveau rôle Directeur, Victor, unanimité, délai 2 jours
  approuvé
    Statut : oui
`)
  const users = new jalon.Users([{ name: 'Alice', roles: ['Directeur'] }, { name: 'Bruno' }, { name: 'Victor' }])
  const state = new jalon.State()
  const decide = (event) => {
    const whole = { id: 'e', module: 'Devis', record: { id: 1, Remise: 30 }, ...event }
    const decision = program.decide(whole, { state, users, now: '2026-07-13T10:30', zone: 'Europe/Paris' })
    state.apply(decision)
    return decision
  }
  const submitted = decide({ type: 'created', by: 'Victor' })
  const [request] = submitted.approvals
  assert.deepEqual([request.approval, request.status, request.level, request.quorum], ['Remise', 'pending', 1, 'all'])
  assert.deepEqual(request.due, new Date('2026-07-15T08:30Z'))
  const seat = { kind: 'user', escalated: false, vote: null }
  assert.deepEqual(request.seats, [{ ...seat, who: 'Alice' }, { ...seat, who: 'Victor' }])
  const [{ timer }] = submitted.timers
  assert.deepEqual([timer.kind, timer.step, timer.level], ['approval', 'deadline', 1])
  const vote = { type: 'vote', approval: 'Remise', verdict: 'approve' }
  assert.equal(decide({ ...vote, by: 'Bruno' }).refusals.length, 1)
  const [pending] = decide({ ...vote, by: 'Alice', comment: 'vu' }).approvals
  assert.deepEqual([pending.status, pending.seats[0].vote], ['pending', { by: 'Alice', verdict: 'approve' }])
  const voted = decide({ ...vote, by: 'Victor' })
  assert.equal(voted.changes[0].new, 'oui')
  const { status, history } = voted.approvals[0]
  assert.equal(status, 'approved')
  assert.deepEqual(history.map(({ act }) => act), ['submitted', 'asked', 'voted', 'voted', 'ended'])
  assert.deepEqual([history[2].by, history[2].comment, history[4].status], ['Alice', 'vu', 'approved'])
})

test('timers of a process say their step', () => {
  const program = jalon.parse(`
parcours Vente sur Affaires, champ Étape
  états Devis
  perdu Perdue
  transition automatique "Abandonner" de Devis vers Perdue, après 30 jours
  transition "Perdre" de Devis vers Perdue
    pendant
      note facultative
`)
  const record = { id: 1, Étape: 'Devis' }
  const entered = program.decide({ id: 'a', type: 'created', module: 'Affaires', record }, { now: '2026-07-01T10:00', trace: true })
  const [{ timer }] = entered.timers
  assert.deepEqual([timer.kind, timer.step, timer.transition], ['process', 'transition', 'Abandonner'])
  assert.deepEqual(timer.since, entered.process.since)
  assert.ok(entered.trace.some(({ step }) => step === 'process'))
  const state = jalon.State.fromJSON(entered.state)
  const make = (transition, given) => {
    const event = { id: 'b', type: 'transition', module: 'Affaires', record, transition, given, by: 'Alice' }
    return program.decide(event, { state, now: '2026-07-02T10:00' })
  }
  assert.equal(make('Abandonner').refusals[0].obstacle.code, 'automatic')
  const lost = make('Perdre', new jalon.Given({}, { note: 'trop cher' }))
  assert.equal(lost.process.state, 'Perdue')
  assert.deepEqual(lost.effects.map(({ type, note }) => [type, note]), [['keep', 'trop cher']])
})
