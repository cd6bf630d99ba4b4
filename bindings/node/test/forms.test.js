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

test('criteria go to databases', () => {
  const program = jalon.parse(PROGRAM)
  const criterion = program.criterion("Ville EST CÔTE D'OR ET Montant > 0,5")
  const { sql, params } = criterion.toSql('sqlite', { columns: { Ville: 'l.city' } })
  const montant = `typeof("Montant") IN ('integer', 'real') AND "Montant" > ?`
  assert.equal(sql, `l.city IS NOT NULL AND jalon_fold(l.city) = ? AND ${montant}`)
  assert.deepEqual(params, ["côte d'or", 0.5])
  assert.deepEqual(criterion.toSql('duckdb').params, ["côte d'or", '0.5'])
  assert.equal(jalon.fold('CÔTE D’OR'), params[0])
  assert.equal(jalon.fold('CÔTE', { ignoringAccents: true, caseSensitive: true }), 'COTE')
  assert.match(jalon.sqlFunctions('postgres')[0].definition, /^CREATE OR REPLACE FUNCTION jalon_fold/)
  assert.equal(jalon.sqlFunctions('sqlite')[0].definition, undefined)
  assert.throws(() => program.criterion('Montant > Budget * 2').toSql('duckdb'), (error) => {
    assert.ok(error instanceof jalon.LeftOutError)
    assert.equal(error.leftOut[0].at, 'Montant > Budget * 2')
    return true
  })
  assert.throws(() => criterion.toSql('oracle'), { code: 'JALON_ARGUMENT' })
  const rule = { '>=': [{ var: 'Montant' }, 5] }
  assert.equal(jalon.importCriterion('jsonlogic', rule, { program }), 'Montant >= 5')
  assert.deepEqual(program.criterion('Montant > 5').export('jsonlogic'), {
    and: [{ '!=': [{ var: 'Montant' }, null] }, { '>': [{ var: 'Montant' }, 5] }],
  })
})
