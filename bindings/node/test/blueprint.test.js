// Records in their blueprints: what the shared vectors do not say.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as jalon from 'jalon'

const TEXT = `
parcours Vente sur Affaires, champ Étape
  états Qualification, Proposition
  gagné Gagnée
  transition Proposer de Qualification vers Proposition
    avant
      propriétaires Alice, groupe Juristes
      si Montant >= 1000
    pendant
      obligatoire Échéance
  transition Conclure de Proposition vers Gagnée
    après
      tâche "Facturer"
`
const clock = { now: '2026-06-30T10:30', zone: 'Europe/Paris' }
const program = jalon.parse(TEXT)
const deal = Object.freeze({ id: 7, Étape: 'Qualification', Montant: 1000 })
const given = { Échéance: '2026-09-30' }

test('the short way answers as the long one', () => {
  const long = jalon.parse(TEXT)
  const short = program.blueprint('Vente', clock)
  short.enter(deal)
  for (const record of [deal, { ...deal, Montant: 1 }, { ...deal, Montant: '1 000', more: [1] }, new Map(Object.entries(deal))]) {
    for (const by of ['Alice', 'Bob', undefined, { name: 'Dan', groups: ['Juristes'] }]) {
      const [one, other] = [short.enter(record), long.enter(record, clock)]
      assert.deepEqual(one.toJSON(), other.toJSON())
      for (let again = 0; again < 3; again++) {
        assert.deepEqual(short.offered(one, record, { by }), long.offered(other, record, { by, ...clock }))
        for (const some of [given, {}, { Échéance: null }, { Échéance: [1] }, { Autre: 1 }, undefined, new jalon.Given(given)]) {
          const made = (fire) => {
            try {
              const { instance, fields, changes, effects } = fire()
              const next = fields.Étape && { ...given, ...fields }
              return { instance: instance.toJSON(), same: instance, fields, changes, effects, next }
            } catch (error) {
              assert.ok(error instanceof jalon.Refused, error)
              return error.obstacles
            }
          }
          const moved = made(() => short.fire(one, 'proposer', some, record, { by }))
          const tried = short.tryFire(one, 'proposer', some, record, { by })
          assert.deepEqual(tried.made ? made(() => tried) : tried.obstacles, moved)
          const expected = made(() => long.fire(other, 'proposer', some, record, { by, ...clock }))
          assert.deepEqual(moved, expected)
        }
      }
    }
  }
})

const STATES = `
parcours Vente sur Affaires, champ Étape
  états Qualification, Proposition
  gagné Gagnée
  perdu Perdue
  transition Proposer de Qualification vers Proposition
    avant
      si Montant >= 1000
  transition Relancer de Qualification vers Qualification
    avant
      propriétaires utilisateur du champ Vendeur
  transition Conclure de Proposition vers Gagnée
  transition commune Perdre vers Perdue
`

test('offered is what is available', () => {
  const blueprint = jalon.parse(STATES).blueprint('Vente', clock)
  blueprint.enter(deal)
  const instance = blueprint.enter(deal)
  const { instance: proposed } = blueprint.fire(instance, 'Proposer', {}, deal)
  const amounts = [1, 1000, '1 000', 1000.5, null, [1], NaN]
  const deals = amounts.flatMap((Montant) => ['Alice', 'Bob', null].map((Vendeur) => ({ ...deal, Montant, Vendeur })))
  deals.push({ MONTANT: 5000 }, { Montant: 1, montant: 2000 }, {}, new Map([['Montant', 2000]]), Object.create(deal))
  for (const one of [instance, proposed]) {
    for (const record of deals) {
      for (const by of [undefined, null, 'Alice', { name: 'Bob' }]) {
        const offers = blueprint.available(one, record, { by }).filter(({ offered }) => offered)
        const names = offers.map(({ transition }) => transition)
        for (let again = 0; again < 2; again++) assert.deepEqual(blueprint.offered(one, record, { by }), names)
        blueprint.offered(one, record, { by }).push('mine')
      }
    }
    for (const record of [undefined, null, 7, 'deal', [deal], new Set([1])]) {
      assert.throws(() => blueprint.offered(one, record), { code: 'JALON_ARGUMENT' })
    }
  }
  assert.throws(() => blueprint.offered(blueprint.exit(instance), deal), jalon.Refused)
  assert.throws(() => blueprint.offered(instance, deal, { bye: 'Alice' }), { code: 'JALON_ARGUMENT' })
})

test('a record may ask while it is asked', () => {
  const blueprint = jalon.parse(STATES).blueprint('Vente', clock)
  blueprint.enter(deal)
  const instance = blueprint.enter(deal)
  let asked = 0
  const asking = {
    id: 7,
    Étape: 'Qualification',
    get Montant() {
      asked++
      assert.deepEqual(blueprint.offered(instance, deal), ['Proposer', 'Perdre'])
      assert.equal(blueprint.tryFire(instance, 'Conclure', {}, deal).made, false)
      assert.equal(blueprint.enter({ ...deal, Étape: 'Proposition' }).state, 'Proposition')
      return 2000
    },
  }
  for (let again = 0; again < 3; again++) {
    assert.deepEqual(blueprint.offered(instance, asking), ['Proposer', 'Perdre'])
    assert.equal(blueprint.fire(instance, 'Proposer', {}, asking).instance.state, 'Proposition')
    assert.equal(blueprint.enter(asking).state, 'Qualification')
  }
  assert.ok(asked >= 3)
})

test('a refusal is told as the record was when it was refused', () => {
  const blueprint = program.blueprint('Vente', clock)
  const record = { ...deal, Montant: 1 }
  const instance = blueprint.enter(record)
  for (let again = 0; again < 2; again++) {
    record.Montant = 1
    const refused = blueprint.tryFire(instance, 'Proposer', {}, record, { by: 'Alice' })
    record.Montant = 1000
    assert.deepEqual(refused.obstacles.map(({ code }) => code), ['not_held', 'missing'])
    assert.equal(refused.obstacles, refused.obstacles)
    assert.match(refused.message, /Échéance est obligatoire$/)
  }
  assert.throws(() => blueprint.tryFire({}, 'Proposer', {}, record), TypeError)
})

test('instances that came the short way travel and go on', () => {
  const blueprint = program.blueprint('Vente', clock)
  blueprint.enter(deal)
  let instance = blueprint.enter(deal)
  const record = { ...deal }
  for (const [transition, some] of [['Proposer', given], ['Conclure', {}]]) {
    const again = jalon.Instance.fromJSON(JSON.stringify(instance))
    assert.deepEqual(again.toJSON(), instance.toJSON())
    const fired = blueprint.fire(instance, transition, some, record, { by: 'Alice' })
    assert.deepEqual(blueprint.fire(again, transition, some, record, { by: 'Alice' }).instance.toJSON(), fired.instance.toJSON())
    instance = fired.instance
    Object.assign(record, fired.fields)
  }
  assert.deepEqual(instance.history.map(({ transition, from, to, by }) => [transition, from, to, by]), [
    [null, null, 'Qualification', null],
    ['Proposer', 'Qualification', 'Proposition', 'Alice'],
    ['Conclure', 'Proposition', 'Gagnée', 'Alice'],
  ])
  assert.deepEqual(instance.since, new Date('2026-06-30T08:30Z'))
})

test('changes are told of the record as it was', () => {
  const blueprint = program.blueprint('Vente', clock)
  const record = { ...deal }
  blueprint.enter(record)
  const instance = blueprint.enter(record)
  const fired = blueprint.fire(instance, 'Proposer', given, record, { by: 'Alice' })
  Object.assign(record, fired.fields, { Montant: 0 })
  assert.deepEqual(fired.changes.map(({ field, old, new: now }) => [field, old, now]), [
    ['Échéance', null, '2026-09-30'],
    ['Étape', 'Qualification', 'Proposition'],
  ])
  assert.deepEqual(fired.changes[0].record, { module: 'affaires', id: '7' })
  const last = blueprint.fire(fired.instance, 'Conclure', null, record)
  assert.equal(last.effects[0].subject, 'Facturer')
  assert.equal(last.effects[0].id, blueprint.fire(fired.instance, 'Conclure', null, record).effects[0].id)
})

test('wrong arguments are told', () => {
  const instance = program.enter(deal, clock)
  const argument = { code: 'JALON_ARGUMENT' }
  assert.throws(() => program.offered({ state: 'Qualification' }, deal, clock), argument)
  assert.throws(() => new jalon.Instance(), argument)
  assert.throws(() => program.fire(instance, 7, {}, deal, clock), argument)
  assert.throws(() => program.fire(instance, 'Proposer', {}, deal, { ...clock, bye: 'Alice' }), argument)
  assert.throws(() => jalon.Instance.fromJSON('{}'), jalon.StateError)
  assert.throws(() => program.enter(deal), jalon.ClockError)
  assert.throws(() => program.blueprint('Vemte'), jalon.UnknownNameError)
  assert.throws(() => program.offered(instance, deal, { ...clock, by: { nom: 'Bob' } }), jalon.UsersError)
  const two = jalon.parse(TEXT + TEXT.replaceAll('Vente', 'Achat').replaceAll('Affaires', 'Achats'))
  const bought = two.blueprint('Achat', clock).enter(deal)
  assert.equal(bought.blueprint, 'Achat')
  assert.throws(() => two.blueprint('Vente', clock).offered(bought, deal), argument)
})

test('a record that another blueprint takes enters none of the one that is meant, however often', () => {
  const two = jalon.parse(`
module Affaires
  Étape : liste A, B
  Suivi : liste C, D
parcours "Un" sur Affaires, champ Étape
  entrée si Suivi EST VIDE
  états A
  gagné B
  transition "x" de A vers B
parcours "Deux" sur Affaires, champ Suivi
  états C
  gagné D
  transition "y" de C vers D
`)
  const deal = { Étape: 'A', Suivi: 'C' }
  const [one, all] = [two.blueprint('Un', clock), two.blueprint(undefined, clock)]
  for (let i = 0; i < 4; i++) {
    assert.equal(one.enter(deal), null)
    assert.equal(all.enter(deal).blueprint, 'Deux')
  }
})
