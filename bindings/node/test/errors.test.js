import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as jalon from 'jalon'

const MODULE = `module Prospects
  Nom : texte
  Montant : devise
  Le : date

score S sur Prospects
  +10 si Montant > 1000
  +5 si Nom N'EST PAS VIDE
`

function thrown(call) {
  try {
    call()
  } catch (error) {
    return error
  }
  assert.fail('nothing was thrown')
}

test('a text that cannot be read gives every syntax error with its place', () => {
  const text = "score S\n  +10 si Nom EST a ET Pays EST b OU Ville EST c\n\nscore T\n  +5 si (Nom EST a\n"
  const error = thrown(() => jalon.parse(text, { name: 's.jalon', lang: 'en' }))
  assert.ok(error instanceof jalon.SyntaxError)
  assert.ok(error instanceof jalon.ProgramError)
  assert.ok(error instanceof jalon.JalonError)
  assert.ok(error instanceof Error)
  assert.equal(error.name, 'SyntaxError')
  assert.equal(error.code, 'JALON_SYNTAX')
  assert.ok(error.diagnostics.length >= 2, 'one broken declaration hides no other')
  const [mixed] = error.diagnostics
  assert.equal(mixed.file, 's.jalon')
  assert.equal(mixed.line, 2)
  assert.equal(mixed.severity, 'error')
  assert.equal(typeof mixed.message, 'string')
  assert.match(error.message, new RegExp(mixed.code))
  assert.match(error.message, /s\.jalon:2/)
  assert.ok(mixed.fixes.length >= 2, 'mixed ET and OU offer both readings')
})

test('fixes are edits of the JavaScript string', () => {
  const text = MODULE + '  +1 si 𝕏Nomm EST "é"\n'.replace('𝕏', '') + '# 𝕏 é\n'
  const error = thrown(() => jalon.parse(text))
  assert.ok(error instanceof jalon.CheckError)
  assert.equal(error.code, 'JALON_CHECK')
  const [unknown] = error.diagnostics
  assert.equal(unknown.code, 'E0203')
  assert.equal(text.slice(unknown.start, unknown.end), 'Nomm')
  assert.deepEqual([unknown.line, unknown.column, unknown.endLine, unknown.endColumn], [9, 9, 9, 13])
  const [edit] = unknown.fixes[0].edits
  const mended = text.slice(0, edit.start) + edit.text + text.slice(edit.end)
  assert.equal(jalon.parse(mended).scores[0], 'S')
})

test('places count as JavaScript counts, whatever stands before', () => {
  const text = '# 𝕏𝕏 é è\n' + MODULE.replace('+5 si Nom', '+5 si Nommé')
  const [unknown] = thrown(() => jalon.parse(text)).diagnostics
  assert.equal(text.slice(unknown.start, unknown.end), 'Nommé')
})

test('messages are in the language asked for', () => {
  const text = MODULE.replace('Montant > 1000', 'Montand > 1000')
  assert.match(thrown(() => jalon.parse(text, { lang: 'fr' })).message, /champ inconnu/)
  assert.match(thrown(() => jalon.parse(text, { lang: 'en' })).message, /unknown field/)
})

test('an unknown name says which may have been meant', () => {
  const error = thrown(() => jalon.parse('score Scorex\n  +1 si A EST 1').score('Scorx', {}))
  assert.ok(error instanceof jalon.UnknownNameError)
  assert.equal(error.code, 'JALON_UNKNOWN')
  assert.equal(error.what, 'score')
  assert.equal(error.asked, 'Scorx')
  assert.equal(error.suggestion, 'Scorex')
  assert.match(error.message, /Scorx/)
  assert.throws(() => jalon.parse(MODULE).rule('none'), { code: 'JALON_UNKNOWN' })
  assert.throws(() => jalon.parse(MODULE).criterion('Nom EST a', { module: 'Rien' }), { code: 'JALON_UNKNOWN' })
  const two = jalon.parse('score A\n  +1 si X EST 1\nscore B\n  +1 si X EST 1')
  const ambiguous = thrown(() => two.score(null, {}))
  assert.equal(ambiguous.code, 'JALON_AMBIGUOUS')
  assert.deepEqual(ambiguous.names, ['A', 'B'])
})

test('a clock that is needed and missing, or cannot be read, is a ClockError', () => {
  const today = jalon.criterion("Le EST aujourd'hui")
  assert.throws(() => today.matches({}), { name: 'ClockError', code: 'JALON_CLOCK' })
  assert.throws(() => today.matches({}, { now: 'soon' }), jalon.ClockError)
  assert.throws(() => today.matches({}, { now: '2026-06-30', zone: 'Europe/Atlantis' }), jalon.ClockError)
  const program = jalon.parse("score S\n  +1 si Le EST aujourd'hui")
  assert.throws(() => program.score('S', {}), jalon.ClockError)
  assert.throws(() => program.scoreMany('S', [{}]), jalon.ClockError)
})

test('a wrong argument is a TypeError, a misspelled option too', () => {
  const program = jalon.parse(MODULE)
  const refused = { name: 'TypeError', code: 'JALON_ARGUMENT' }
  for (const record of [null, undefined, 'a', 1, [], new Date(), () => {}]) {
    assert.throws(() => program.score('S', record), refused, String(record))
    assert.throws(() => program.matches('Nom EST a', record), refused, String(record))
  }
  assert.throws(() => program.scoreMany('S', [{}, null]), { ...refused, message: /records\[1\]/ })
  assert.throws(() => program.scoreMany('S', {}), refused)
  assert.throws(() => program.scoreMany('S', 'ab'), refused)
  assert.throws(() => program.score(3, {}), refused)
  assert.throws(() => program.score('S', {}, { nwo: '2026-06-30' }), { ...refused, message: /nwo/ })
  assert.throws(() => program.score('S', {}, { now: 12 }), refused)
  assert.throws(() => program.score('S', {}, { now: new Date(NaN) }), refused)
  assert.throws(() => program.score('S', {}, { zone: 1 }), refused)
  assert.throws(() => program.score('S', {}, 'now'), refused)
  assert.throws(() => jalon.parse(12), refused)
  assert.throws(() => jalon.parse('', { lang: 'de' }), refused)
  assert.throws(() => jalon.load([]), refused)
  assert.throws(() => jalon.criterion(), refused)
})

test('a value of the wrong type is named, and its line gives nothing', () => {
  const score = jalon.parse(MODULE).score('S', { Nom: 'a', Montant: 'beaucoup' })
  assert.equal(score.total, 5)
  assert.equal(score.errors.length, 1)
  const [problem] = score.errors
  assert.equal(problem.field, 'Montant')
  assert.equal(problem.module, 'Prospects')
  assert.equal(problem.value, 'beaucoup')
  assert.equal(problem.kind, 'wrong_type')
  assert.equal(problem.expected, 'number')
  assert.deepEqual(score.toJSON().errors, score.errors)
})

test('strict mode throws what it met', () => {
  const program = jalon.parse(MODULE, { strict: true })
  const error = thrown(() => program.score('S', { Nom: 'a', Montant: 'beaucoup' }, { explain: true }))
  assert.ok(error instanceof jalon.RecordError)
  assert.equal(error.code, 'JALON_RECORD')
  assert.equal(error.problems[0].field, 'Montant')
  assert.throws(() => program.score('S', { Nom: 'a', Montant: 'beaucoup' }), jalon.RecordError)
  assert.throws(() => program.score('S', { Nom: 'a' }), jalon.RecordError)
  assert.throws(() => program.scoreMany('S', [{ Nom: 'a', Montant: 1 }, {}]), jalon.RecordError)
})

test('an exception thrown by a record comes through as it is', () => {
  const mine = new Error('mine')
  const record = { get Nom() { throw mine } }
  const program = jalon.parse(MODULE)
  assert.equal(thrown(() => program.score('S', record)), mine)
  assert.equal(thrown(() => program.scoreMany('S', [{}, record])), mine)
  assert.equal(thrown(() => program.matches('Nom EST a', record)), mine)
})

test('no text ends the process', () => {
  const texts = ['', '\0', '\ud800', '('.repeat(5000), 'score S\n  +1 si ' + '('.repeat(100) + 'A EST 1', 'é'.repeat(9999), 'module\nscore\n  :', '\u2028\r\n\t']
  for (const text of texts) {
    for (const call of [jalon.parse, jalon.criterion]) {
      try {
        call(text)
      } catch (error) {
        assert.ok(error instanceof jalon.JalonError, text.slice(0, 20))
        assert.notEqual(error.code, 'JALON_INTERNAL', text.slice(0, 20))
      }
    }
  }
})
