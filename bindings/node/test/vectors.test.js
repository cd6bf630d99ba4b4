// The language-neutral cases of tests/vectors, through this binding.
import assert from 'node:assert/strict'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import * as jalon from 'jalon'

const folder = fileURLToPath(new URL('../../../tests/vectors/', import.meta.url))
const files = existsSync(folder)
  ? readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.json')).sort()
  : []

/** The codes of what is found in a text. */
function found(load) {
  try {
    return load().diagnostics?.map(({ code }) => code) ?? []
  } catch (error) {
    assert.ok(error instanceof jalon.ProgramError, error)
    return error.diagnostics.map(({ code }) => code)
  }
}

function isLeaf(node) {
  return node.kind === 'leaf'
}

/** Every single test of an explanation. */
function leaves(node) {
  if (isLeaf(node)) return [node]
  return [node.parts ?? [], node.part ?? [], node.decisive ?? []].flat().flatMap(leaves)
}

function checkCriterion(program, { criterion, record, holds, because, error = false }, clock) {
  for (const text of [criterion].flat()) {
    const { module, ...when } = clock
    const compiled = program ? program.criterion(text, { module }) : jalon.criterion(text)
    assert.equal(compiled.matches(record, when), holds, text)
    const why = compiled.explain(record, when)
    assert.equal(why.holds, holds, `${text}: explained`)
    assert.equal(why.errors.length > 0, error, `${text}: errors ${JSON.stringify(why.errors)}`)
    if (because !== undefined) {
      assert.ok(leaves(why.root).some((leaf) => leaf.because === because), `${text}: because ${because}\n${why}`)
    }
  }
}

function checkScore(program, expected, { now, zone }) {
  const score = program.score(expected.score, expected.record, { now, zone })
  assert.equal(score.totalText, expected.total, `${score}`)
  const [light] = program.scoreMany(expected.score, [expected.record], { now, zone })
  assert.equal(light.totalText, expected.total, 'scoreMany')
  if ('stars' in expected) assert.equal(score.stars, expected.stars)
  if ('label' in expected) assert.equal(score.label, expected.label)
  for (const [text, points] of Object.entries(expected.lines ?? {})) {
    const line = score.lines.find((line) => line.text === text)
    assert.ok(line, `no line ${text} among ${score.lines.map((line) => line.text).join(' | ')}`)
    assert.equal(line.pointsText, points, text)
  }
}

function check(file, expected) {
  const clock = { module: expected.module ?? file.module, now: expected.now ?? file.now, zone: expected.zone ?? file.zone }
  const text = (expected.program ?? file.program)?.join('\n')
  if ('diagnostics' in expected) {
    const codes = 'criterion' in expected
      ? [expected.criterion].flat().map((criterion) =>
          found(() => (text === undefined ? jalon.criterion(criterion) : jalon.parse(text).criterion(criterion, { module: clock.module }))))
      : [found(() => jalon.parse(text))]
    for (const list of codes) assert.deepEqual(list, expected.diagnostics)
    return
  }
  const program = text === undefined ? undefined : jalon.parse(text)
  if ('score' in expected) checkScore(program, expected, clock)
  else checkCriterion(program, expected, clock)
}

test('vectors', { skip: files.length === 0 && 'there are no vectors here' }, async (t) => {
  for (const name of files) {
    const file = JSON.parse(readFileSync(join(folder, name), 'utf8'))
    await t.test(`${name}: ${file.about ?? ''}`, async (t) => {
      for (const [index, expected] of file.cases.entries()) {
        const title = expected.name ?? [expected.criterion ?? expected.score ?? expected.program].flat()[0]
        await t.test(`${index}: ${title}`, () => check(file, expected))
      }
    })
  }
})
