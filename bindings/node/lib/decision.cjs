'use strict'

const native = require('../native.cjs')
const { guard } = require('./errors.cjs')
const { instanceOf } = require('./instance.cjs')
const { offers } = require('./obstacle.cjs')
const { argument, lang } = require('./options.cjs')
const { plain, shortest } = require('./plain.cjs')

/** The language of each decision that was made here. */
const langs = new WeakMap()

/** A decision as plain data; `report` is a method that does not show in it. */
function decision(reasons, spoken) {
  const form = JSON.parse(guard(() => reasons.json()))
  const made = {
    content: form.content,
    event: form.event,
    record: form.record,
    refusals: (form.refusals ?? []).map(({ obstacle = null, ...refusal }) => ({ ...refusal, obstacle })),
    changes: form.changes,
    effects: form.effects.map(effect),
    timers: (form.timers ?? []).map(({ timer: armed, ...about }) => ({ ...about, timer: timer(armed) })),
    scores: (form.scores ?? []).map(score),
    errors: (form.errors ?? []).map(({ values = [], ...about }) => ({ ...about, values: plain(values, spoken) })),
    fired: form.fired,
    process: form.process ? instanceOf(JSON.stringify(form.process)) : null,
    next: form.next ? offers(form.next, spoken) : null,
    approvals: (form.approvals ?? []).map(approval),
    state: form.state,
    trace: form.trace?.map(step) ?? null,
  }
  const report = (asked) => guard(() => reasons.sentence(lang(asked) ?? spoken))
  Object.defineProperty(made, 'report', { value: report })
  langs.set(made, spoken)
  return made
}

/** Keys that an effect may leave out, with what that means. */
const LEFT_OUT = {
  task: { priority: null, to: null, fields: [] },
  email: { fields: [] },
  alert: { fields: [] },
  webhook: { headers: [], parameters: [], body: null },
  keep: { note: null, attachments: [], ticked: [], records: [] },
  meeting: { minutes: null, fields: [] },
}

function effect(form) {
  const made = { ...LEFT_OUT[form.type], ...form }
  return made.fields ? { ...made, fields: Object.fromEntries(made.fields) } : made
}

function timer({ id, due, rule, cause }) {
  const { kind, field = null, value = null, fired, since = fired, lapse, level = null } = cause
  const { step = null, transition = null, number = null } = lapse ?? cause
  return { id, due: new Date(due), rule, kind, field, value, since: date(since), step, transition, number, level }
}

const date = (at) => (at ? new Date(at) : null)

/** A request for approval. */
function approval({ content, since, due, by = null, submitted, seats = [], delegations = [], history = [], ...about }) {
  return {
    ...about,
    since: date(since),
    due: date(due),
    by,
    submitted: date(submitted),
    seats: seats.map(seat),
    delegations,
    history: history.map(entry),
  }
}

function seat({ who: named, escalated = false, vote = null }) {
  const [[kind, who]] = Object.entries(named)
  return { kind, who, escalated, vote }
}

function entry({ at, level, by = null, act, verdict = null, to = null, status = null, comment = null }) {
  return { at: date(at), level, by, act, verdict, to, status, comment }
}

function score({ old, new: now, ...about }) {
  const before = old === null ? { old, oldText: null } : { old: Number(old), oldText: shortest(old) }
  return { ...about, ...before, new: Number(now), newText: shortest(now) }
}

function step({ why, would_change: wouldChange, ...about }) {
  const made = wouldChange === undefined ? about : { ...about, wouldChange }
  if (why === undefined) return made
  return { ...made, why: why === null ? [] : [why].flat().map(plain) }
}

/** What is due, as data. */
function due(form) {
  if (form.type === 'schedule') return { type: form.type, at: new Date(form.at), schedule: form.name }
  const armed = timer(form.timer)
  return { type: form.type, at: armed.due, record: form.record, timer: armed }
}

/** The effects that call a function of the host, each with the function. */
function calls(decided, functions) {
  argument(typeof functions === 'object' && functions !== null, 'functions must be an object of functions by name')
  const wanted = decided.effects.filter(({ type }) => type === 'function')
  return wanted.map((one) => {
    if (!Object.hasOwn(functions, one.name)) {
      guard(() => native.unknownFunction(one.name, Object.keys(functions), langs.get(decided)))
    }
    argument(typeof functions[one.name] === 'function', `${one.name} must be a function`)
    return [one, functions[one.name]]
  })
}

function perform(decided, functions) {
  const results = []
  for (const [{ id, name, arguments: given }, call] of calls(decided, functions)) {
    const result = call(...given)
    argument(typeof result?.then !== 'function', `${name} is async: use await performAsync(…)`)
    results.push([id, result])
  }
  return Object.fromEntries(results)
}

async function performAsync(decided, functions) {
  const results = []
  for (const [{ id, arguments: given }, call] of calls(decided, functions)) {
    results.push([id, await call(...given)])
  }
  return Object.fromEntries(results)
}

module.exports = { decision, due, perform, performAsync }
