// One object at a time: what is packed answers as what is read in full, whatever the object.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as jalon from 'jalon'

const PROGRAM = `
module Prospects
  Nom (Last_Name)      : texte
  Montant (Amount)     : devise
  Rejet                : case
  Créé le (Created)    : date
  Salons               : liste multiple Lyon, Nice
  Compte (Account)     : référence Comptes
  Factures             : fiches Factures
  Seuil                : nombre

module Comptes
  Type : texte

module Factures
  Montant : nombre

score S sur Prospects
  +1   si Nom CONTIENT directeur
  +2,5 si Montant > 1000
  +4   si Rejet EST sélectionné
  +8   si Créé le APRÈS 2026-01-01
  +16  si Salons CONTIENT Nice
  +32  si Compte.Type EST client
  +64  si AU MOINS UN Factures (Montant > Prospects.Seuil)
  +128 si Nom EST VIDE
  étoiles 1 dès 0, 2 dès 20, 3 dès 40
  mentions froid dès 0, chaud dès 60
`
const MODULE = { module: 'Prospects' }
const CRITERIA = ['Nom CONTIENT directeur', 'Montant ENTRE 1 ET 2000', 'Seuil = 0', 'Compte.Type EST client', 'Nom EST "𝕏 é €"']

const NAMES = [
  'Nom', 'Last_Name', 'NOM', 'Montant', 'Amount', 'MONTANT', 'Rejet', 'rejet', 'Créé le', 'Created', 'CRÉÉ LE', 'Salons',
  'salons', 'Compte', 'Account', 'compte', 'Compte.Type', 'COMPTE.TYPE', 'Factures', 'Seuil', 'seuil', 'Autre', 'Un champ', '1',
]

/** Numbers that look random and are the same in every run. */
function dice(seed) {
  let state = seed
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return { next, pick: (values) => values[Math.floor(next() * values.length)] }
}

const VALUES = [
  undefined, null, NaN, '', '  ', 'Directeur', 'le DIRECTEUR général', 'client', 'x', '𝕏 é €', '\ud800', 'é'.repeat(500), '2026-06-12', '1 500,5',
  0, -0, 999, 1001, 0.1, 1000.25, 1e300, Infinity, -5, 2 ** 60, 10n ** 20n, 10n ** 40n, true, false,
  new Date('2026-06-12T10:00:00Z'), new Date(NaN), ['Nice'], new Set(['Lyon', 'Nice']), [], ['Nice', undefined],
  { Type: 'client' }, new Map([['TYPE', 'CLIENT']]), { toJSON: () => 'Directeur' }, [{ Montant: 50 }, { Montant: 5000 }],
  () => {}, Symbol('s'), new String('Directeur'), 'x'.repeat(60_000),
]

class Model {
  constructor(values) {
    Object.assign(this, values)
  }
  get computed() {
    return 'not its own'
  }
}

const SHAPES = [
  (values) => values,
  (values) => JSON.parse(JSON.stringify(values, (_, value) => (typeof value === 'bigint' ? String(value) : value))),
  (values) => Object.assign(Object.create(null), values),
  (values) => Object.assign(Object.create({ Nom: 'inherited' }), values),
  (values) => new Model(values),
  (values) => new Map(Object.entries(values)),
  (values) => new Proxy(values, {}),
  (values) => ({ other: 1, toJSON: () => values }),
  (values) => ({ ...values, toJSON: 'a field' }),
  (values) => Object.defineProperty({ ...values }, 'Nom', { get: () => 'directeur', enumerable: true }),
  (values) => Object.defineProperty({ ...values }, 'Nom', { value: 'directeur', enumerable: false }),
]

/** What comes of it, errors by their class, code and text. */
function outcome(work) {
  try {
    return work()
  } catch (error) {
    return { thrown: error.name, code: error.code, message: error.message }
  }
}

for (const strict of [false, true]) {
  test(`any object as when it is read in full${strict ? ', in strict mode' : ''}`, () => {
    const { next, pick } = dice(2026)
    const program = jalon.parse(PROGRAM, { strict })
    const scorer = program.scorer('S')
    const judge = program.judge('S', CRITERIA, MODULE)
    const matchers = CRITERIA.map((criterion) => program.matcher(criterion, MODULE))
    for (let i = 0; i < 1500; i++) {
      const values = {}
      for (const name of NAMES) if (next() < 0.2) values[name] = pick(VALUES)
      const record = pick(SHAPES)(values)
      const [total] = outcome(() => program.scoreMany('S', [record])) instanceof Array
        ? program.scoreMany('S', [record])
        : [outcome(() => program.scoreMany('S', [record])[0])]
      const light = ({ total, totalText, stars, label, errors, ...rest }) =>
        rest.thrown ? { ...rest, message: rest.message.replace('records[0]', 'the record') } : { total, totalText, stars, label, errors }
      assert.deepEqual(light(outcome(() => program.score('S', record))), light(total), `${i}`)
      assert.deepEqual(light(outcome(() => scorer.score(record))), light(total), `${i}`)
      const alone = outcome(() => scorer(record))
      assert.deepEqual(alone.thrown ? light(alone) : alone, total.thrown ? light(total) : total.total, `${i}`)
      const held = CRITERIA.map((criterion) => outcome(() => program.explain(criterion, record, MODULE).holds))
      assert.deepEqual(matchers.map((matcher) => outcome(() => matcher(record))), held, `${i}`)
      assert.deepEqual(CRITERIA.map((criterion) => outcome(() => program.matches(criterion, record, MODULE))), held, `${i}`)
      if (!total.thrown && held.every((one) => typeof one === 'boolean')) {
        assert.deepEqual(judge(record), { total: total.total, holds: held }, `${i}`)
      }
    }
  })
}

test('what is no record is refused', () => {
  const scorer = jalon.parse(PROGRAM).scorer()
  for (const record of [null, undefined, 'text', 3, [], new Date(), () => {}]) {
    assert.throws(() => scorer(record), { code: 'JALON_ARGUMENT' })
  }
})

test('more spellings than are remembered', () => {
  const scorer = jalon.parse(PROGRAM).scorer('S')
  for (let i = 0; i < 200; i++) {
    assert.equal(scorer({ [`champ ${i % 50}`]: 1, AMOUNT: 1001 + i }), 130.5)
    assert.equal(scorer({ Nom: 'directeur' }), 1)
  }
})

test('a total beyond what a number says', () => {
  const program = jalon.parse('module M\n  V : devise\n\nscore S\n  + V si V > 0\n')
  const exact = program.score('S', { V: 12345678901234567890n })
  assert.equal(exact.totalText, '12345678901234567890')
  assert.equal(program.scorer('S')({ V: 12345678901234567890n }), 12345678901234567890)
  assert.equal(program.score('S', { V: 0.1 }).totalText, '0.1')
  assert.equal(program.score('S', { V: 1e-7 }).totalText, '0.0000001')
})

test('one after the other under other clocks', () => {
  const program = jalon.parse('score S\n  +7 si Créé DANS LES 7 DERNIERS jours\n')
  assert.throws(() => program.scorer('S'), { code: 'JALON_CLOCK' })
  const record = { Créé: '2026-06-28' }
  const june = program.scorer('S', { now: '2026-06-30' })
  for (let i = 0; i < 3; i++) {
    assert.equal(program.score('S', record, { now: '2026-06-30' }).total, 7)
    assert.equal(program.score('S', record, { now: '2026-08-30', zone: 'Europe/Paris' }).total, 0)
    assert.equal(june(record), 7)
    assert.throws(() => program.score('S', record), { code: 'JALON_CLOCK' })
  }
})

test('an object may ask for another score', () => {
  const program = jalon.parse(PROGRAM)
  const scorer = program.scorer('S')
  const asking = {
    Autre: 1,
    Montant: 2000,
    get Nom() {
      return scorer({ Nom: null }) === 128 ? 'directeur' : '?'
    },
    Rejet: true,
  }
  assert.equal(scorer(asking), 7.5)
  assert.equal(scorer(asking), 7.5)
  const broken = { get Nom() { throw new RangeError('mine') } }
  assert.throws(() => scorer(broken), RangeError)
  assert.equal(scorer({ Nom: 'directeur' }), 1)
})

test('what is not read is not looked at', () => {
  const scorer = jalon.parse(PROGRAM).scorer('S')
  let asked = 0
  const record = { Nom: 'directeur', get Autre() { return asked++ } }
  assert.equal(scorer(record), 1)
  assert.equal(asked, 0)
})

test('a criterion of another program', () => {
  const program = jalon.parse(PROGRAM)
  assert.equal(program.matcher(jalon.criterion('Nom EST x'))({ nom: 'X' }), true)
  assert.throws(() => program.judge('S', [jalon.criterion('Nom EST x')]), { code: 'JALON_ARGUMENT' })
})

test('changed properties of every object are seen', () => {
  const scorer = jalon.parse(PROGRAM).scorer('S')
  assert.equal(scorer({ Rejet: true }), 132)
  Object.prototype.Rejet = true
  try {
    assert.equal(scorer({}), 128)
    assert.equal(scorer({ Rejet: true }), 132)
  } finally {
    delete Object.prototype.Rejet
  }
})

test('texts that only must not be blank, and letters with accents, are read alike', () => {
  const program = jalon.parse(`
module M
  Email : e-mail
  Ville : texte

score S sur M
  +1  si Email N'EST PAS VIDE
  +10 si Ville CONTIENT "éà"
  +20 si Ville EST "ÿ€"
  +40 si Ville FINIT PAR fin
`)
  const texts = ['', ' ', '  x', '\u00a0', '\u3000', '\u0000', '\u007f', 'é', 'x', 'x'.repeat(300), '𝕏', '\ud800', '\ufeff', 'ÿ€', 'ÉÀ fin', 'éà'.repeat(64), `${'é'.repeat(127)}n`, 'aé'.repeat(60) + 'fin']
  const judge = program.judge('S', ["Email N'EST PAS VIDE", 'Ville CONTIENT é'])
  const scorer = program.scorer('S')
  for (const Email of texts) {
    for (const Ville of texts) {
      const record = { Email, Ville }
      const [whole] = program.scoreMany('S', [record])
      const [[email], [ville]] = [program.matchBatch("Email N'EST PAS VIDE", [record]), program.matchBatch('Ville CONTIENT é', [record])]
      assert.equal(scorer(record), whole.total, JSON.stringify(record))
      assert.deepEqual(judge(record), { total: whole.total, holds: [email, ville] }, JSON.stringify(record))
    }
  }
})
