// The language-neutral cases of tests/vectors, through this binding.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as jalon from 'jalon'
import { vectors } from './vectors.js'

/** What is found in a text, notes left out. */
function found(load) {
  try {
    return load().diagnostics.filter(({ severity }) => severity !== 'note')
  } catch (error) {
    assert.ok(error instanceof jalon.ProgramError, error)
    return error.diagnostics.filter(({ severity }) => severity !== 'note')
  }
}

const codes = (diagnostics) => diagnostics.map(({ code }) => code)

function mended(text, { edits }) {
  const last = [...edits].sort((a, b) => b.start - a.start)
  return last.reduce((text, { start, end, text: by }) => text.slice(0, start) + by + text.slice(end), text)
}

/** Every single test of an explanation. */
function leaves(node) {
  if (node.kind === 'leaf') return [node]
  return [node.parts ?? [], node.part ?? [], node.decisive ?? []].flat().flatMap(leaves)
}

function checkCriterion(compile, text, { record, holds, error = false, ...expected }, clock, complement) {
  const compiled = compile(text)
  assert.equal(compiled.matches(record, clock), holds, text)
  const why = compiled.explain(record, clock)
  assert.equal(why.holds, holds, `${text}: explained`)
  assert.equal(why.errors.length > 0, error, `${text}: errors ${JSON.stringify(why.errors)}`)
  if ('because' in expected || 'interval' in expected) {
    const all = leaves(why.root)
    assert.equal(all.length, 1, `${text}: one leaf`)
    if ('because' in expected) assert.equal(all[0].because, expected.because, `${text}\n${why}`)
    if ('interval' in expected) assert.deepEqual(all[0].interval, expected.interval, text)
  }
  if (complement) {
    assert.equal(compile(`NON (${text})`).matches(record, clock), error ? false : !holds, `NON (${text})`)
  }
}

function checkScore(program, expected, clock) {
  const score = program.score(expected.score, expected.record, clock)
  assert.equal(score.totalText, expected.total, `${score}`)
  const [light] = program.scoreMany(expected.score, [expected.record], clock)
  const { total, totalText, stars, label, errors } = score
  assert.deepEqual(light, { total, totalText, stars, label, errors }, 'scoreMany')
  if ('stars' in expected) assert.equal(stars, expected.stars)
  if ('label' in expected) assert.equal(label, expected.label)
  if ('errors' in expected) assert.equal(errors.length, expected.errors, JSON.stringify(errors))
  const data = score.toJSON()
  if ('positive' in expected) assert.equal(data.positiveText, expected.positive)
  if ('negative' in expected) assert.equal(data.negativeText, expected.negative)
  if ('touch' in expected) {
    assert.deepEqual([data.touchPoints.positiveText, data.touchPoints.negativeText], expected.touch)
  }
  if ('next_change' in expected) {
    const next = expected.next_change === null ? null : new Date(expected.next_change)
    assert.deepEqual(data.nextChange, next)
  }
  for (const [text, points] of Object.entries(expected.lines ?? {})) {
    const line = data.lines.find((line) => line.text === text)
    assert.ok(line, `no line ${text} among ${data.lines.map((line) => line.text).join(' | ')}`)
    assert.equal(line.pointsText, points, text)
  }
  for (const [name, points] of Object.entries(expected.groups ?? {})) {
    assert.equal(data.groups.find((group) => group.name === name)?.pointsText, points, name)
  }
}

function check(file, expected) {
  const { module, now, zone } = { ...file, ...expected }
  const text = (expected.program ?? file.program)?.join('\n')
  const program = () => jalon.parse(text ?? '')
  const compile = (criterion) => text === undefined ? jalon.criterion(criterion) : program().criterion(criterion, { module })
  if ('score' in expected) {
    checkScore(program(), expected, { now, zone })
  } else if (!('criterion' in expected)) {
    assert.deepEqual(codes(found(() => ({ diagnostics: program().check({ users: expected.users }) }))), expected.diagnostics)
  } else {
    for (const criterion of [expected.criterion].flat()) {
      if ('holds' in expected) checkCriterion(compile, criterion, expected, { now, zone }, file.complement)
      if ('diagnostics' in expected) assert.deepEqual(codes(found(() => compile(criterion))), expected.diagnostics)
      if ('fix' in expected) assert.equal(mended(criterion, found(() => compile(criterion))[0].fixes[0]), expected.fix)
    }
  }
}

test('vectors', { skip: vectors.length === 0 && 'there are no vectors here' }, async (t) => {
  // The others have tests of their own.
  const others = /^(blueprints|migrations|templates|workflow)/
  for (const { name, file } of vectors.filter(({ name }) => !others.test(name))) {
    await t.test(`${name}: ${file.about ?? ''}`, async (t) => {
      for (const [index, expected] of file.cases.entries()) {
        const title = expected.name ?? [expected.criterion ?? expected.score ?? expected.program].flat()[0]
        await t.test(`${index}: ${title}`, () => check(file, expected))
      }
    })
  }
})
