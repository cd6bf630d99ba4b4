import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SyntaxError, format, formatCriterion, formatTexts } from '../index.js'

test('a text in its layout and in another language', () => {
  const text = 'score  S\n +5 si Pays EST France # note\n'
  const once = format(text)
  assert.equal(once, 'score S\n  +5 si Pays EST France  # note\n')
  assert.equal(format(once), once)
  const english = format(text, { lang: 'en' })
  assert.equal(english, 'score S\n  +5 if Pays IS France  # note\n')
  assert.equal(format(english, { lang: 'fr' }), once)
})

test('the types of one text decide about another', () => {
  const [modules, scores] = formatTexts({
    'modules.jalon': 'module Leads\n  VIP : checkbox\n',
    'scores.jalon': 'score S on Leads\n  +5 if VIP IS yes\n',
  })
  assert.equal(modules.changed, false)
  assert.ok(scores.changed && scores.text.endsWith('VIP IS selected\n'))
})

test('what is kept is told', () => {
  const [found] = formatTexts({ a: 'affectation "A" sur P\n  Alice\n' }, { lang: 'en' })
  assert.deepEqual(found.kept, [{ line: 1, column: 1 }])
})

test('a criterion alone', () => {
  assert.equal(formatCriterion('Pays est  Monaco', { lang: 'en' }), 'Pays IS Monaco')
  assert.throws(() => formatCriterion('Pays EST'), SyntaxError)
})

test('errors', () => {
  assert.throws(() => format('score S\n  +1 si (A EST b\n'), SyntaxError)
  assert.throws(() => format('score S\n', { lang: 'de' }), TypeError)
})
