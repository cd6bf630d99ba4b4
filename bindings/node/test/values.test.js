import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as jalon from 'jalon'

/** How a criterion read the field `V` of a record. */
const read = (record, criterion = 'V EST x') => jalon.criterion(criterion).explain(record).root.value
const holds = (criterion, record, clock) => jalon.criterion(criterion).matches(record, clock)

test('undefined is absent, null is empty', () => {
  assert.deepEqual(read({}), { state: 'absent' })
  assert.deepEqual(read({ V: undefined }), { state: 'absent' })
  assert.deepEqual(read({ V: null }), { state: 'empty' })
  assert.deepEqual(read({ V: '' }), { state: 'empty' })
  assert.deepEqual(read({ V: ' \t' }), { state: 'empty' })
  assert.deepEqual(read({ V: [] }), { state: 'empty' })
})

test('a number is the shortest decimal that reads back as it', () => {
  assert.equal(holds('V = 0,1', { V: 0.1 }), true)
  assert.equal(holds('V = 0,3', { V: 0.1 + 0.2 }), false)
  assert.equal(holds('V = 9007199254740991', { V: Number.MAX_SAFE_INTEGER }), true)
  assert.equal(holds('V = 0', { V: -0 }), true)
  assert.equal(holds('V = 0,0000001', { V: 1e-7 }), true)
  assert.equal(holds('V = -2,5', { V: -2.5 }), true)
})

test('NaN is empty; infinity and what exceeds 28 digits are of the wrong type', () => {
  assert.deepEqual(read({ V: NaN }), { state: 'empty' })
  for (const value of [Infinity, -Infinity, 1e300, 10n ** 40n, -(10n ** 30n)]) {
    const why = jalon.criterion('V EST 1').explain({ V: value })
    assert.equal(why.holds, false)
    assert.equal(why.root.value.state, 'wrong_type', String(value))
    assert.equal(holds("V N'EST PAS 1", { V: value }), false, String(value))
    assert.equal(why.errors[0].field, 'V')
  }
})

test('a bigint is exact', () => {
  assert.equal(holds('V = 1234567890123456789012345678', { V: 1234567890123456789012345678n }), true)
  assert.equal(holds('V = -9007199254740993', { V: -9007199254740993n }), true)
  assert.equal(holds('V = 0', { V: 0n }), true)
})

test('a decimal may be text', () => {
  const program = jalon.parse('module M\n  V : devise')
  assert.equal(program.matches('V = 1234567890123456789,01', { V: '1234567890123456789.01' }), true)
})

test('a boolean is a tick', () => {
  assert.equal(holds('V EST sélectionné', { V: true }), true)
  assert.equal(holds('V EST sélectionné', { V: false }), false)
  assert.equal(holds('V EST non sélectionné', { V: null }), true)
})

test('text is text, whatever its length and its characters', () => {
  for (const text of ['é', '𝕏', 'x'.repeat(127), 'é'.repeat(64), 'x'.repeat(126) + '𝕏', '𝕏'.repeat(1000), 'a\0b']) {
    assert.equal(read({ V: text }, 'V CONTIENT "zzz"').state, 'value')
    assert.equal(holds('V = W', { V: text }), false)
    assert.equal(jalon.parse('module M\n  V : texte\n  W : texte').matches('V = M.W', { V: text, W: text }), true, text.slice(0, 5))
  }
  assert.equal(holds('V EST É', { V: 'é' }), true, 'case folds')
})

test('a Date is an instant', () => {
  const zone = 'Europe/Paris'
  const V = new Date('2026-06-29T23:30:00Z')
  assert.equal(holds('V EST 2026-06-30', { V }, { zone }), true)
  assert.equal(holds('V EST 2026-06-29', { V }), true)
  assert.equal(holds("V EST aujourd'hui", { V }, { zone, now: '2026-06-30T12:00' }), true)
  const program = jalon.parse('module M\n  V : date')
  assert.equal(program.matches('V EST 2026-06-30', { V }, { zone }), true)
  assert.equal(read({ V: new Date(NaN) }).state, 'wrong_type')
})

test('arrays and sets are lists', () => {
  const program = jalon.parse('module M\n  V : liste multiple a, b, c')
  assert.equal(program.matches('V CONTIENT b', { V: ['a', 'b'] }), true)
  assert.equal(program.matches('V CONTIENT b', { V: new Set(['a', 'b']) }), true)
  assert.equal(program.matches('V EST b, a', { V: ['a', undefined, 'b', null] }), true)
  assert.equal(program.matches('V EST VIDE', { V: new Set() }), true)
})

test('nested objects are records', () => {
  const factures = { Factures: [{ Montant: 10 }, { Montant: 200 }, new Map([['Montant', 3]])] }
  assert.equal(holds('AU MOINS UN Factures (Montant > 100)', factures), true)
  assert.equal(holds('TOUS LES Factures (Montant > 2)', factures), true)
  assert.equal(holds('AUCUN Factures (Montant > 1000)', factures), true)
  assert.equal(holds('Compte.Type EST client', { Compte: { Type: 'client' } }), true)
  assert.equal(holds('Compte.Type EST client', { 'Compte.Type': 'client', Compte: { Type: 'autre' } }), true)
})

test('a Map is a record', () => {
  assert.equal(holds('V EST x', new Map([['V', 'x']])), true)
})

test('an object with toJSON is what it gives', () => {
  class Money {
    constructor(text) { this.text = text }
    toJSON() { return this.text }
  }
  class Model {
    #data = { V: new Money('12.50') }
    internal = { V: 'other' }
    toJSON() { return this.#data }
  }
  assert.equal(holds('V = 12,5', { V: new Money('12.5') }), false, 'text compares as written')
  assert.equal(jalon.parse('module M\n  V : devise').matches('V = 12,5', new Model()), true)
  assert.equal(holds('V EST x', { V: 'x', toJSON() { return this } }), true)
})

test('only own enumerable properties are read', () => {
  const record = Object.create({ V: 'x' })
  assert.deepEqual(read(record), { state: 'absent' })
  Object.defineProperty(record, 'V', { value: 'x', enumerable: false })
  assert.deepEqual(read(record), { state: 'absent' })
  assert.equal(holds('V EST x', Object.assign(Object.create(null), { V: 'x' })), true)
  assert.equal(holds('V EST x', { get V() { return 'x' }, [Symbol('V')]: 'y' }), true)
  assert.equal(holds('V EST x', new Proxy({ V: 'x' }, {})), true)
  assert.equal(holds('1 EST x', { 1: 'x' }), true)
})

test('what no field can hold is of the wrong type only where it is read', () => {
  const loop = { V: 'x' }
  loop.self = loop
  loop.list = [loop]
  for (const value of [loop, () => {}, Symbol('s'), [[loop]]]) {
    assert.equal(holds('V EST x', { V: 'x', W: value }), true)
  }
  assert.equal(holds('V EST x', loop), true)
  assert.equal(read({ V: () => {} }).state, 'wrong_type')
  assert.equal(read({ V: Symbol('s') }).state, 'wrong_type')
  assert.equal(read(loop, 'self EST x').state, 'wrong_type')
  let deep = 'x'
  for (let i = 0; i < 10_000; i++) deep = [deep]
  assert.equal(holds('V EST x', { V: 'x', W: deep }), true)
  const large = { V: 'x', W: Array(2_000_000) }
  assert.equal(holds('V EST x', large), true)
  assert.throws(() => holds('W EST x', large), { code: 'JALON_ARGUMENT' })
})

test('two names of one field with different values are an error, with equal values are not', () => {
  const program = jalon.parse('module M\n  Nom (Last_Name) : texte')
  assert.equal(program.matches('Nom EST a', { Nom: 'a', Last_Name: 'a' }), true)
  const why = program.explain('Nom EST a', { Nom: 'a', Last_Name: 'b' })
  assert.equal(why.holds, false)
  assert.equal(why.errors[0].kind, 'conflict')
  assert.deepEqual([...why.errors[0].keys].sort(), ['Last_Name', 'Nom'])
})

test('names compare as text does', () => {
  assert.equal(holds("secteur d'activité EST x", { 'SECTEUR D’ACTIVITÉ': 'x' }), true)
})
