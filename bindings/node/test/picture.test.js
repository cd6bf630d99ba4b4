// Blueprints, drawn.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as jalon from 'jalon'

const program = jalon.parse(`
parcours "Vente" sur Affaires, champ Étape
  états Qualification, Proposition
  gagné Gagnée
  transition "Proposer" de Qualification vers Proposition
    avant
      propriétaires rôle "R & D <Sud>"
  transition "Conclure" de Proposition vers Gagnée
`)

test('a blueprint is drawn in three formats', () => {
  assert.deepEqual(program.blueprints, ['Vente'])
  const picture = program.picture()
  assert.ok(picture instanceof jalon.Picture)
  assert.equal(picture.name, 'Vente')
  assert.match(picture.svg({ lang: 'en' }), /^<svg [^]*role R &amp; D &lt;Sud&gt;[^]*<\/svg>\n$/)
  assert.equal(picture.svg(), program.picture('vente').svg({ lang: 'fr' }))
  assert.match(picture.mermaid(), /stateDiagram-v2/)
  assert.match(picture.dot(), /^digraph "Vente"/)
})

test('figures are written on it', () => {
  const picture = program.picture().with({
    states: { Qualification: { count: 1234, medianSeconds: 7200 } },
    transitions: { Proposer: { count: 1200, refused: 3, from: { Qualification: 1200 } } },
  })
  assert.match(picture.svg({ lang: 'en' }), /1,234 · 2\u00a0h/)
  assert.match(picture.dot(), /3 refusés/)
  assert.throws(() => picture.with({ states: { Qualification: { count: -1 } } }), /no figures/)
  assert.throws(() => picture.with({ state: {} }), { code: 'JALON_ARGUMENT' })
})

test('what cannot be drawn says so', () => {
  assert.throws(() => program.picture('Vents'), jalon.UnknownNameError)
  assert.throws(() => program.picture(3), { code: 'JALON_ARGUMENT' })
  assert.throws(() => program.picture().svg({ lang: 'de' }), { code: 'JALON_ARGUMENT' })
})
