// Instances taken over from an older program; the language-neutral cases of tests/vectors/migrations.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as jalon from 'jalon'
import { vectors } from './vectors.js'

const found = vectors.filter(({ name }) => name.startsWith('migrations'))
const here = { skip: found.length === 0 && 'there are no vectors here' }

const programs = (setting) => [setting.old, setting.new].map((lines) => jalon.parse(lines.join('\n')))

/** The blueprint that a case is about. */
function named(program) {
  const [{ text }] = program.sources
  if (text.includes('parcours Autre')) return 'Autre'
  return text.includes('Ventes') ? 'Ventes' : 'Vente'
}

function withContent(instance, old, program) {
  const of = { old, new: program }[instance?.content]
  return of ? { ...instance, content: of.blueprintContent(named(of)) } : instance
}

const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

function check(setting) {
  const [old, program] = programs(setting)
  const instance = withContent(setting.instance, old, program)
  const { map, renamed } = setting
  const before = setting.without_old ? null : old
  const plan = () => jalon.migrationPlan(before, program, instance ? [instance] : [], { map, renamed })
  if (setting.error) {
    assert.throws(plan, jalon.MigrationError)
    return
  }
  const made = plan()
  const step = made.step(instance)
  assert.deepEqual(Object.fromEntries(Object.entries(step).map(([key, value]) => [snake(key), value])), setting.step)
  const [group] = made.groups
  assert.deepEqual([group.fate, group.count, made.instances], [setting.step.fate, 1, 1])
  assert.equal(made.kept + made.moved + made.out + made.refused, 1)
  if (group.fate === 'refused') {
    assert.throws(() => made.apply(instance, { now: setting.now }), jalon.MigrationError)
  } else if ('applied' in setting) {
    const applied = made.apply(instance, { now: setting.now })
    assert.deepEqual(applied && applied.toJSON(), withContent(setting.applied, old, program))
  }
}

test('migrations', here, async (t) => {
  for (const { name, file } of found) {
    await t.test(`${name}: ${file.about}`, async (t) => {
      for (const expected of file.cases) await t.test(expected.name, () => check({ ...file, ...expected }))
    })
  }
})

test('instances are taken over as such, and a plan is data', here, () => {
  const [old, program] = programs(found[0].file)
  const instance = old.enter({ Étape: 'Relecture' }, { now: '2026-06-30T08:00' })
  const plan = jalon.migrationPlan(old, program, [instance], { map: { Relecture: 'Revue' } })
  assert.deepEqual([plan.moved, plan.step(instance).to], [1, 'Revue'])
  const moved = plan.apply(instance, { now: '2026-07-01T08:00', by: 'Alice' })
  assert.ok(moved instanceof jalon.Instance)
  assert.deepEqual([moved.state, moved.content], ['Revue', program.blueprintContent('Vente')])
  const { from, to, by } = moved.history.at(-1)
  assert.deepEqual([from, to, by], ['Relecture', 'Revue', 'Alice'])
  assert.match(`${plan}`, /1 fiche : 0 gardée, 1 déplacée/)
  assert.match(plan.report('en'), /1 record: 0 kept, 1 moved/)
  assert.equal(plan.changes[0].blueprint, 'Vente')
  assert.equal(JSON.parse(JSON.stringify(plan)).groups[0].to, 'Revue')
  assert.throws(() => plan.step({ state: 'Devis' }), jalon.StateError)
  assert.throws(() => plan.step('Devis'), { code: 'JALON_ARGUMENT' })
  assert.throws(() => plan.apply(instance), jalon.ClockError)
  assert.throws(() => jalon.migrationPlan(old, program, [], { map: { Relectur: 'Revue' } }), /Relecture/)
  assert.throws(() => jalon.migrationPlan(old, program, [], { renamed: { Vente: 3 } }), { code: 'JALON_ARGUMENT' })
})
