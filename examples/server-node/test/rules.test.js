import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

import { format, load } from 'jalon'

import { users } from '../users.js'

const folder = new URL('../rules/', import.meta.url)

test('the rules are laid out and without findings', () => {
  for (const file of readdirSync(folder)) {
    const rules = readFileSync(new URL(file, folder), 'utf8')
    assert.equal(format(rules), rules, `run \`jalon fmt ${file}\``)
  }
  assert.deepEqual(load(folder).check(), [])
})

test('the tests beside the rules pass and see every criterion hold, and not hold', () => {
  const report = load(folder).test({ users })
  assert.ok(report.passed, JSON.stringify(report.tests, undefined, 2))
  for (const { text, seenTrue, seenFalse } of report.coverage) assert.ok(seenTrue && seenFalse, text)
})
