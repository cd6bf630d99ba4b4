// The language-neutral cases of tests/vectors/workflow and tests/vectors/templates.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as jalon from 'jalon'
import { vectors } from './vectors.js'

const some = (folder) => vectors.filter(({ name }) => name.startsWith(folder))

/** One case: its steps, one after the other, with what is remembered between them. */
function steps(expected) {
  const program = jalon.parse([...expected.program, ...(expected.rules ?? [])].join('\n'))
  const state = expected.state ? jalon.State.fromJSON(expected.state) : new jalon.State()
  const zone = expected.zone ?? undefined
  for (const [index, step] of expected.steps.entries()) {
    const told = `step ${index + 1}`
    const now = step.due ?? step.now ?? expected.now
    if (step.select) {
      const chosen = program.select(step.select, step.records, now, { zone })
      assert.deepEqual(chosen.map(({ id }) => id), step.chosen, told)
      assert.deepEqual(program.nextRun(step.select, now, { zone }), new Date(step.next), told)
      continue
    }
    const event = step.due
      ? dueEvent(program.due(state, now, { zone }), step, told)
      : { id: `e${index + 1}`, module: expected.module, ...step.event }
    if (event === undefined) continue
    const { users } = expected
    const decision = program.decide(event, { state, users, now, zone, trace: true })
    const reloaded = jalon.State.fromJSON(JSON.stringify(state))
    const again = program.decide(event, { state: reloaded, users, now, zone, trace: true })
    assert.equal(JSON.stringify(again), JSON.stringify(decision), told)
    check(step, decision, `${told}\n${decision.report('en')}`)
    state.apply(JSON.parse(JSON.stringify(decision)))
  }
}

/** The event of the first timer that is due; none where nothing is, as expected. */
function dueEvent([due], step, told) {
  assert.equal(due === undefined, step.nothing ?? false, told)
  if (due === undefined) return undefined
  const { timer, record: { module, id } } = due
  return { id: timer.id, type: 'due', timer: timer.id, module, record_id: id, record: step.record }
}

function check(step, decision, told) {
  const rules = (decision.trace ?? []).filter(({ step }) => step === 'rule')
  const found = {
    fired: decision.fired,
    changes: Object.fromEntries(decision.changes.map((change) => [named(change, decision), change.new])),
    timers: decision.timers.map(({ change, timer }) => [change, timer.rule, timer.due]),
    refusals: decision.refusals.map(({ message }) => message),
    errors: decision.errors.map(({ reason }) => reason),
    scores: Object.fromEntries(decision.scores.map(({ score, newText }) => [score, newText])),
    guarded: decision.trace.filter(({ step }) => step === 'guarded').map(({ rule }) => rule),
  }
  const nothing = { changes: {}, timers: [], refusals: [], errors: [], guarded: [] }
  for (const [key, value] of Object.entries(found)) {
    let expected = step[key] ?? nothing[key]
    if (expected === undefined) continue
    if (expected === 'any') assert.ok(value.length > 0, told)
    else {
      if (key === 'timers') expected = expected.map(([change, rule, due]) => [change, rule, new Date(due)])
      assert.deepEqual(value, expected, told)
    }
  }
  const effects = step.effects ?? []
  assert.equal(decision.effects.length, effects.length, told)
  for (const [index, expected] of effects.entries()) {
    for (const [key, value] of Object.entries(expected)) assert.deepEqual(decision.effects[index][key], value, told)
  }
  const outcomes = Object.fromEntries(rules.map(({ rule, outcome, because }) => [rule, because ? `${outcome}: ${because}` : outcome]))
  for (const [rule, expected] of Object.entries(step.outcomes ?? {})) assert.equal(outcomes[rule], expected, told)
}

function named({ record, field }, decision) {
  const own = record.module === decision.record.module && record.id === decision.record.id
  return own ? field : `${record.module}/${record.id}/${field}`
}

function template({ template: text, format, module, record, now, zone, ...expected }) {
  const codes = (found) => found.filter(({ severity }) => severity !== 'note').map(({ code }) => code)
  const program = jalon.parse(expected.program.join('\n'))
  let compiled
  try {
    compiled = program.template(text, { format, module })
  } catch (error) {
    assert.ok(error instanceof jalon.ProgramError, error)
    return assert.deepEqual(codes(error.diagnostics), expected.diagnostics)
  }
  assert.deepEqual(codes(compiled.diagnostics), expected.diagnostics ?? [])
  if (expected.error) assert.throws(() => compiled.render(record, { now, zone }), jalon.RecordError)
  else assert.equal(compiled.render(record, { now, zone }), expected.text)
}

for (const [folder, run] of [['workflow', steps], ['templates', template]]) {
  test(folder, { skip: vectors.length === 0 && 'there are no vectors here' }, async (t) => {
    for (const { name, file } of some(folder)) {
      await t.test(`${name}: ${file.about}`, async (t) => {
        for (const expected of file.cases) await t.test(expected.name, () => run({ ...file, ...expected }))
      })
    }
  })
}
