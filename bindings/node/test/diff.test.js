// What programs say, and what changes from one to another.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as jalon from 'jalon'

const OLD = `
module Prospects
  Nom     : texte
  Pays    : liste France, Monaco
  Montant : nombre

règle Relance sur Prospects
  quand créé
  si Pays EST France ET Montant > 1000
  alors
    Nom : vide

score Intérêt sur Prospects
  +10 si Nom N'EST PAS VIDE

parcours Vente sur Prospects, champ Pays
  états France
  gagné Monaco
  transition "Partir" de France vers Monaco
`

test('a criterion is a sentence', () => {
  const criterion = jalon.criterion('Country IS France, Monaco AND Amount > 1000')
  assert.equal(criterion.sentence(), 'Country is France or Monaco, and Amount is greater than 1000')
  assert.equal(criterion.sentence({ lang: 'fr' }), 'Country est France ou Monaco, et Amount dépasse 1000')
  assert.throws(() => criterion.sentence({ lang: 'de' }), { code: 'JALON_ARGUMENT' })
})

test('a program says its rules, scores and blueprints', () => {
  const program = jalon.parse(OLD)
  const told = program.say({ lang: 'en' })
  assert.deepEqual(told.map(({ kind, name }) => [kind, name]), [
    ['rule', 'Relance'],
    ['score', 'Intérêt'],
    ['blueprint', 'Vente'],
  ])
  assert.equal(told[0].text, program.sayRule('relance', { lang: 'en' }))
  assert.match(program.sayRule('Relance'), /^Quand une fiche de Prospects est créée, si /)
  assert.equal(program.sayScore(), program.sayScore('Intérêt', { lang: 'fr' }))
  assert.match(program.sayBlueprint('Vente', { lang: 'en' }), /from France to Monaco/)
  assert.throws(() => program.sayRule('Relanse'), jalon.UnknownNameError)
})

test('what changes is data and a report', () => {
  const changed = OLD.replace('Montant > 1000', 'Montant > 2000').replace('+10', '+20')
  const found = jalon.diff(jalon.parse(OLD), jalon.parse(changed))
  assert.ok(found instanceof jalon.Diff)
  assert.equal(found.isEmpty, false)
  const [rule, score] = found.changes
  assert.deepEqual([rule.of, rule.change, rule.name, rule.module], ['rule', 'changed', 'Relance', 'Prospects'])
  const [condition] = rule.changes[0].changes
  assert.deepEqual(condition.before, { fr: 'Montant dépasse 1000', en: 'Montant is greater than 1000' })
  assert.deepEqual(score.changes[0].changes.map((part) => part.of), ['points'])
  assert.match(found.report(), /− ajouter 10 points/)
  assert.match(found.report('en'), /− add 10 points/)
  assert.equal(found.summary('en'), '2 changed')
  assert.equal(`${found}`, found.report())
  assert.equal(JSON.parse(JSON.stringify(found)).changes[0].of, 'rule')
})

test('spelling is no change', () => {
  const found = jalon.diff(jalon.parse(OLD), jalon.parse(`# comment\n${OLD.replace('Pays EST', 'Pays IS')}`))
  assert.ok(found.isEmpty)
  assert.equal(found.report(), '')
  assert.throws(() => jalon.diff({}, jalon.parse(OLD)), { code: 'JALON_ARGUMENT' })
})
