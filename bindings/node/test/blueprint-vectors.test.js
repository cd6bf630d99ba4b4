// The language-neutral cases of tests/vectors/blueprints.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as jalon from 'jalon'
import { vectors } from './vectors.js'

/** A record on its way. */
class Way {
  constructor(expected) {
    this.setting = expected
    this.program = jalon.parse(expected.program.join('\n'))
    this.record = { ...expected.record }
    this.instance = expected.instance ? jalon.Instance.fromJSON(expected.instance) : null
  }

  ask(call) {
    const { program, instance, record, setting } = this
    const clock = { now: call.now ?? setting.now, zone: setting.zone }
    const who = { by: call.by, users: setting.users, ...clock }
    const { fields = {}, ...more } = call.given ?? {}
    const given = new jalon.Given(fields, more)
    if ('enter' in call) {
      this.instance = program.enter(record, { module: setting.module, ...clock })
      return { enter: this.instance?.state ?? null }
    }
    if (call.fire) {
      const tried = program.tryFire(instance, call.fire, given, record, who)
      assert.equal(tried.made, call.refused === undefined)
      if (call.refused) {
        check(tried.obstacles, call.refused, 'tried')
        assert.equal(tried.message, tried.obstacles.map((one) => one.message()).join('\n'))
      }
      const fired = program.fire(instance, call.fire, given, record, who)
      assert.deepEqual([tried.instance, tried.fields], [fired.instance, fired.fields])
      if (call.given?.fields && Object.keys(more).length === 0) {
        const alike = program.fire(instance, call.fire, fields, record, who)
        assert.deepEqual([alike.instance, alike.fields], [fired.instance, fired.fields])
      }
      return this.done(fired)
    }
    if ('take' in call) {
      const step = program.steps(instance, clock.now, { zone: clock.zone })[call.take]
      return this.done(program.takeStep(instance, step, record, clock))
    }
    if (call.draft) {
      this.instance = program.saveDraft(instance, call.draft, given, { by: call.by, ...clock })
      return {}
    }
    if (call.form) {
      const form = program.form(instance, call.form, record, clock)
      const found = { ...form, draft: form.draft && { fields: form.draft.fields } }
      return { is: Object.fromEntries(Object.keys(call.is).map((key) => [key, found[key]])) }
    }
    if (call.steps) {
      const steps = program.steps(instance, clock.now, { zone: clock.zone })
      return { steps: steps.map(({ at, step }) => [utc(at), step]) }
    }
    if (call.exit) {
      this.instance = program.exit(instance, clock)
      return {}
    }
    const offers = program.available(instance, record, { why: true, ...who })
    const offered = program.offered(instance, record, who)
    assert.deepEqual(offers.filter((one) => one.offered).map((one) => one.transition), offered)
    const parents = offers.filter(({ parent }) => parent !== null)
    return {
      available: Object.fromEntries(offers.map(({ transition, whyNot }) => [transition, whyNot.map(({ code }) => code)])),
      parents: Object.fromEntries(parents.map(({ transition, parent }) => [transition, parent])),
      drafted: offers.filter(({ draft }) => draft).map(({ transition }) => transition),
      offered,
    }
  }

  done({ instance, fields, effects, changes, next, decision }) {
    this.instance = instance
    Object.assign(this.record, fields)
    assert.deepEqual(Object.fromEntries(changes.map((change) => [change.field, change.new])), fields)
    assert.deepEqual(decision.process.toJSON(), instance.toJSON())
    return {
      next: next && Object.fromEntries(next.map(({ transition, whyNot }) => [transition, whyNot.map(({ code }) => code)])),
      fields,
      effects: effects.map(({ type }) => type),
      fired: decision.fired,
    }
  }

  stands(call, told) {
    const { instance } = this
    const again = jalon.Instance.fromJSON(JSON.stringify(instance))
    assert.deepEqual(again.toJSON(), instance.toJSON())
    assert.deepEqual(again, instance)
    const found = {
      state: instance.state,
      drafts: instance.drafts.map(({ transition }) => transition),
      progress: instance.progress,
      history: instance.history.map(({ transition, from, to, at, by }) => [transition, from, to, utc(at), by]),
    }
    for (const [key, value] of Object.entries(found)) {
      if (key in call) assert.deepEqual(value, call[key], `${told}: ${key}`)
    }
  }
}

const utc = (at) => at.toISOString().replace(':00.000Z', 'Z')

function check(found, expected, told) {
  assert.deepEqual(found.map(({ code }) => code), expected.map(({ code }) => code), told)
  for (const [index, wanted] of expected.entries()) {
    for (const [key, value] of Object.entries(wanted)) {
      const own = key === 'fr' || key === 'en' ? found[index].message(key) : found[index][key]
      assert.deepEqual(own, value, told)
    }
  }
}

function calls(expected) {
  const way = new Way(expected)
  for (const [index, call] of expected.calls.entries()) {
    const told = `call ${index + 1}`
    Object.assign(way.record, call.record)
    let found
    try {
      found = way.ask(call)
    } catch (error) {
      assert.ok(error instanceof jalon.Refused && call.refused, error)
      check(error.obstacles, call.refused, told)
      assert.equal(error.message, error.obstacles.map((one) => one.message()).join('\n'))
      continue
    }
    assert.equal(call.refused, undefined, told)
    for (const [key, value] of Object.entries(found)) {
      if (key in call) assert.deepEqual(value, call[key], `${told}: ${key}`)
    }
    if (way.instance) way.stands(call, told)
  }
}

test('blueprints', { skip: vectors.length === 0 && 'there are no vectors here' }, async (t) => {
  for (const { name, file } of vectors.filter(({ name }) => name.startsWith('blueprints'))) {
    await t.test(`${name}: ${file.about}`, async (t) => {
      for (const expected of file.cases.filter(({ calls }) => calls)) await t.test(expected.name, () => calls({ ...file, ...expected }))
    })
  }
})
