// Programs as JSON, and the hashes of what they say.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FormError, Program, criterion, parse } from '../index.js'

const TEXT = `# Les voisins
score Intérêt sur Prospects
  +25 si Adresse e-mail N'EST PAS VIDE
  +10 si Pays EST France, "Monaco" ET Montant > 3
`

test('a program is its JSON', () => {
  const program = parse(TEXT)
  const form = program.toJSON()
  assert.equal(form.version, 1)
  assert.deepEqual(form.declarations[0].doc, ['Les voisins'])
  for (const given of [form, JSON.stringify(program)]) {
    const again = Program.fromJson(given, { lang: 'fr' })
    assert.deepEqual(again.toJSON(), form)
    assert.equal(again.content, program.content)
    assert.equal(again.score(null, { 'Adresse e-mail': 'a@exemple.fr', Pays: 'Monaco', Montant: 4 }).total, 35)
  }
})

test('mistakes are told with their place', () => {
  const form = { version: 1, declarations: [{ score: { name: 'S', line: [] } }] }
  assert.throws(
    () => Program.fromJson(form),
    (error) =>
      error instanceof FormError &&
      error.code === 'JALON_FORM' &&
      error.pointer === '/declarations/0/score/line' &&
      /unknown member/.test(error.message),
  )
  assert.throws(() => Program.fromJson(form, { lang: 'fr' }), /membre inconnu/)
  assert.throws(() => Program.fromJson('{'), /not JSON/)
  assert.throws(() => Program.fromJson(undefined), TypeError)
})

test('layout and language change no hash', () => {
  const program = parse(TEXT)
  assert.equal(parse(TEXT.replace("N'EST PAS VIDE", 'IS NOT EMPTY')).content, program.content)
  assert.notEqual(parse(TEXT.replace('+25', '+26')).content, program.content)
  const [declared] = program.contents
  assert.deepEqual([declared.kind, declared.name, declared.content.length], ['score', 'Intérêt', 64])
})

test('results say what they were made with', () => {
  const program = parse(`${TEXT}règle A sur Prospects\n  quand créé\n  alors\n    Pays : x\n`)
  const lead = { id: 1, Pays: 'Monaco', Montant: 4 }
  const declared = program.contents.find((one) => one.kind === 'score')
  assert.equal(program.score(null, lead).content, declared.content)
  const decision = program.decide({ id: 'e', type: 'created', module: 'Prospects', record: lead })
  assert.equal(decision.content, program.content)
  assert.equal(criterion('Pays EST Monaco').explain(lead).content.length, 64)
})
