import assert from 'node:assert/strict'
import test from 'node:test'
import * as jalon from '../index.js'

const PROGRAM = 'module Prospects (Leads)\n  Ville (City) : texte\n  Montant : devise\n  Budget : nombre\n'

test('criteria come from other forms', () => {
  const rule = { field: 'City', operator: 'in', value: ['Nice', 'Monaco'] }
  const query = { combinator: 'and', rules: [rule] }
  assert.equal(jalon.importCriterion('querybuilder', query), 'City IS Nice, Monaco')
  assert.equal(jalon.importCriterion('querybuilder', JSON.stringify(query), { lang: 'fr' }), 'City EST Nice, Monaco')
  const program = jalon.parse(PROGRAM)
  const field = { field: 'Montant', operator: '>', value: 'Budget', valueSource: 'field' }
  const compared = { combinator: 'and', rules: [field] }
  assert.equal(jalon.importCriterion('querybuilder', compared, { program }), 'Montant > Prospects.Budget')
  assert.throws(() => jalon.importCriterion('querybuilder', compared), (error) => {
    assert.ok(error instanceof jalon.LeftOutError)
    assert.equal(error.code, 'JALON_LEFT_OUT')
    assert.equal(error.leftOut[0].at, '/rules/0/value')
    return true
  })
  assert.throws(() => jalon.importCriterion('excel', query), { code: 'JALON_ARGUMENT' })
  assert.throws(() => jalon.importCriterion('zoho', query, { program, module: 'Comptes' }), jalon.UnknownNameError)
})

test('criteria go to other forms and come back', () => {
  const program = jalon.parse(PROGRAM)
  const criterion = program.criterion('Ville EST Nice ET Montant ENTRE 1 ET 2')
  for (const form of ['querybuilder', 'zoho', 'pattern']) {
    const theirs = criterion.export(form)
    assert.equal(jalon.importCriterion(form, theirs, { program }), 'City EST Nice ET Montant ENTRE 1 ET 2')
  }
  assert.equal(criterion.export('zoho', { names: 'label' }).group[0].field.api_name, 'Ville')
  const refused = jalon.criterion('Nom NE COMMENCE PAS PAR a')
  assert.throws(() => refused.export('zoho'), jalon.LeftOutError)
  assert.throws(() => refused.export('salesforce'), jalon.LeftOutError)
})

test('rules come with what is not in them', () => {
  const xml = '<Workflow><rules><fullName>R</fullName><active>false</active></rules></Workflow>'
  const { text, leftOut } = jalon.importRules('salesforce', xml)
  assert.deepEqual([text, leftOut.length], ['', 1])
  assert.match(leftOut[0].fr, /désactivée/)
})
