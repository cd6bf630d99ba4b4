'use strict'

const nativeSide = require('../native.cjs')
const batch = require('./batch.cjs')
const { Blueprint } = require('./blueprint.cjs')
const { Criterion, holds, nativeOf } = require('./criterion.cjs')
const { decision } = require('./decision.cjs')
const { Desk, FINE } = require('./desk.cjs')
const { diagnostics } = require('./diagnostics.cjs')
const { UnknownNameError, guard, lift } = require('./errors.cjs')
const natives = require('./natives.cjs')
const { argument, clock, lang, optional, options, orNull, shared, text } = require('./options.cjs')
const { held, total: sum } = require('./pack.cjs')
const { Picture } = require('./picture.cjs')
const { replay } = require('./replay.cjs')
const { light, plain } = require('./plain.cjs')
const { Explanation, Score, judged } = require('./results.cjs')
const { simulate } = require('./simulation.cjs')
const { nativeOf: nativeState } = require('./state.cjs')
const { Template } = require('./template.cjs')
const { Users, usersOf } = require('./users.cjs')

/** How many compiled criteria a program remembers. */
const REMEMBERED = 256

/** The options of batches. */
const SCORING = ['now', 'zone', 'threads', 'contributions']
const MATCHING = ['module', 'now', 'zone', 'threads']
const EXPLAINING = ['module', 'now', 'zone', 'lang']

/** A compiled program. */
class Program {
  #native
  #lang
  #scores = new Map()
  #criteria = new Map()
  #here

  constructor(native) {
    this.#native = native
    const { lang, diagnostics: found, sources, ...names } = JSON.parse(guard(() => native.about()))
    this.#lang = lang
    natives.set(this, { native, lang })
    const about = { ...names, diagnostics: diagnostics(found), sources }
    for (const [key, value] of Object.entries(about)) {
      Object.defineProperty(this, key, { value: Object.freeze(value), enumerable: true })
    }
  }

  static fromJson(form, given) {
    const asked = options(given, ['lang', 'strict', 'name'])
    const name = asked.name === undefined ? undefined : text(asked.name, 'name')
    const json = typeof form === 'string' ? form : JSON.stringify(form)
    argument(json !== undefined, 'a program as JSON is a text or an object')
    const strict = Boolean(asked.strict)
    return new Program(guard(() => nativeSide.parseJson(json, name, lang(asked.lang), strict)))
  }

  check(given) {
    const { users } = options(given, ['users'])
    const who = usersOf(users, this.#lang)
    return diagnostics(JSON.parse(guard(() => this.#native.check(who))))
  }

  toJSON() {
    return JSON.parse(guard(() => this.#native.toJson()))
  }

  get content() {
    return this.#contents().program
  }

  get contents() {
    return this.#contents().declarations
  }

  #contents() {
    return JSON.parse(guard(() => this.#native.contents()))
  }

  score(name, record, given) {
    const { explain = false, ...rest } = options(given, ['now', 'zone', 'explain'])
    return Score.of(this.#score(name), record, clock(rest), explain)
  }

  scoreMany(name, records, given) {
    const { now, zone } = clock(options(given, ['now', 'zone']))
    const score = this.#score(name).native
    return JSON.parse(guard(() => score.many(batch.list(records), 0, now, zone))).map((one) => light(one, this.#lang))
  }

  async scoreManyAsync(name, records, given) {
    const { signal, ...rest } = options(given, ['now', 'zone', 'signal'])
    const { now, zone } = clock(rest)
    const score = this.#score(name).native
    const results = []
    const start = (chunk, first) => score.manyAsync(chunk, first, now, zone)
    await batch.chunks(batch.list(records), signal, start, (totals) => {
      results.push(...JSON.parse(totals).map((one) => light(one, this.#lang)))
    })
    return results
  }

  scoreBatch(name, rows, given) {
    return batch.run(this.#scoring(name, options(given, SCORING)), rows)
  }

  async scoreBatchAsync(name, rows, given) {
    const { signal, ...rest } = options(given, [...SCORING, 'signal'])
    return batch.runAsync(this.#scoring(name, rest), rows, signal)
  }

  matchBatch(criteria, rows, given) {
    return batch.run(this.#matching(criteria, options(given, MATCHING)), rows)
  }

  async matchBatchAsync(criteria, rows, given) {
    const { signal, ...rest } = options(given, [...MATCHING, 'signal'])
    return batch.runAsync(this.#matching(criteria, rest), rows, signal)
  }

  filterBatch(criterion, rows, given) {
    return batch.run(this.#filtering(criterion, options(given, MATCHING)), rows)
  }

  async filterBatchAsync(criterion, rows, given) {
    const { signal, ...rest } = options(given, [...MATCHING, 'signal'])
    return batch.runAsync(this.#filtering(criterion, rest), rows, signal)
  }

  explainBatch(criterionOrScore, rows, given) {
    return batch.run(this.#explaining(criterionOrScore, options(given, EXPLAINING)), rows)
  }

  async explainBatchAsync(criterionOrScore, rows, given) {
    const { signal, ...rest } = options(given, [...EXPLAINING, 'signal'])
    return batch.runAsync(this.#explaining(criterionOrScore, rest), rows, signal)
  }

  scorer(name, given) {
    const time = clock(options(given, ['now', 'zone']))
    const known = this.#score(name)
    // A desk of its own, for a clock that stays.
    const score = { ...known, desk: scoreDesk(known.native), totals: new Map() }
    guard(() => score.desk.prepare(time.now, time.zone))
    const scorer = (record) => judged(score, record, time).total
    return Object.assign(scorer, { score: (record) => Score.of(score, record, time, false) })
  }

  matcher(criterion, given) {
    const { module, ...rest } = options(given, ['module', 'now', 'zone'])
    const { now, zone } = clock(rest)
    const native = nativeOf(this.#compiled(criterion, module))
    const desk = new Desk((memory) => native.desk(memory))
    guard(() => desk.prepare(now, zone))
    return (record) => holds(native, desk, record, now, zone)
  }

  judge(name, criteria, given) {
    const { module, ...rest } = options(given, ['module', 'now', 'zone'])
    const time = clock(rest)
    const known = this.#score(name)
    const natives = batch.list(criteria).map((criterion) => nativeOf(this.#compiled(criterion, module)))
    argument(natives.every((native) => native.isOf(this.#native)), 'a criterion is of another program')
    const desk = guard(() => new Desk((memory) => this.#native.desk(known.native, natives, memory)))
    guard(() => desk.prepare(time.now, time.zone))
    return (record) => {
      try {
        const verdicts = new Array(natives.length)
        if (desk.judge(record, time.now, time.zone) === FINE && sum[0] === sum[0]) {
          for (let i = 0; i < verdicts.length; i++) verdicts[i] = held[i] === 1
          return { total: sum[0], holds: verdicts }
        }
        const { total } = judged(known, record, time)
        return { total, holds: natives.map((native) => native.matches(record, time.now, time.zone)) }
      } catch (thrown) {
        throw lift(thrown)
      }
    }
  }

  matches(criterion, record, given) {
    if (given === undefined) return this.#compiled(criterion, undefined).matches(record)
    const { module, now, zone } = options(given, ['module', 'now', 'zone'])
    return this.#compiled(criterion, module).matches(record, { now, zone })
  }

  say(given) {
    const { lang: asked } = options(given, ['lang'])
    return JSON.parse(guard(() => this.#native.say(lang(asked))))
  }

  sayRule(name, given) {
    const { lang: asked } = options(given, ['lang'])
    return guard(() => this.#native.sayRule(text(name, 'name'), lang(asked)))
  }

  sayScore(name, given) {
    const { lang: asked } = options(given, ['lang'])
    const known = name === undefined || name === null ? undefined : text(name, 'name')
    return guard(() => this.#native.sayScore(known, lang(asked)))
  }

  sayBlueprint(name, given) {
    const { lang: asked } = options(given, ['lang'])
    return guard(() => this.#native.sayBlueprint(text(name, 'name'), lang(asked)))
  }

  matching(record, given) {
    const { module, ...rest } = options(given, ['module', 'now', 'zone'])
    optional(module, 'module')
    const { now, zone } = clock(rest)
    return guard(() => this.#native.matching(record, module, now, zone))
  }

  explain(criterion, record, given) {
    const { module, ...rest } = options(given, ['module', 'now', 'zone', 'lang'])
    return this.#compiled(criterion, module).explain(record, rest)
  }

  criterion(source, given) {
    const { module } = options(given, ['module'])
    text(source, 'criterion')
    optional(module, 'module')
    return new Criterion(guard(() => this.#native.criterion(source, module)), source, this.#lang)
  }

  rule(name) {
    return new Criterion(guard(() => this.#native.rule(text(name, 'name'))), name, this.#lang)
  }

  decide(event, given) {
    const { state, users, trace = false, ...rest } = options(given, ['state', 'users', 'now', 'zone', 'trace'])
    const { now, zone } = clock(rest)
    const kept = state === undefined ? undefined : nativeState(state)
    const who = usersOf(users, this.#lang)
    const decided = guard(() => nativeSide.decide(this.#native, event, kept, who, now, zone, Boolean(trace)))
    return decision(decided, this.#lang)
  }

  write(decided, record) {
    const about = decided?.record
    const isChange = typeof about?.module === 'string' && typeof decided.field === 'string'
    argument(isChange || Array.isArray(decided?.changes), 'what is written is a decision, or one of its changes')
    // A record without an id has none in its changes either.
    const own = ({ record: { module, id } }) => (about ? module === about.module && id === about.id : id === '')
    for (const change of isChange ? [decided] : decided.changes.filter(own)) {
      this.set(change.record.module, record, change.field, change.new)
    }
    return record
  }

  set(module, record, field, value) {
    argument(typeof record === 'object' && record !== null, 'record must be an object')
    const isMap = record instanceof Map
    const names = isMap ? [...record.keys()].filter((name) => typeof name === 'string') : Object.keys(record)
    const name = guard(() => nativeSide.nameIn(this.#native, text(module, 'module'), names, text(field, 'field')))
    if (isMap) record.set(name, value)
    else record[name] = value
    return record
  }

  blueprint(name, given) {
    return new Blueprint({ native: this.#native, lang: this.#lang }, name, given)
  }

  enter(record, given) {
    const [here, rest] = this.#at(given)
    return here.enter(record, rest)
  }

  available(instance, record, given) {
    const [here, rest] = this.#at(given)
    return here.available(instance, record, rest)
  }

  offered(instance, record, given) {
    const [here, rest] = this.#at(given)
    return here.offered(instance, record, rest)
  }

  fire(instance, transition, given, record, asked) {
    const [here, rest] = this.#at(asked)
    return here.fire(instance, transition, given, record, rest)
  }

  tryFire(instance, transition, given, record, asked) {
    const [here, rest] = this.#at(asked)
    return here.tryFire(instance, transition, given, record, rest)
  }

  form(instance, transition, record, given) {
    const [here, rest] = this.#at(given)
    options(rest, [])
    return here.form(instance, transition, record)
  }

  saveDraft(instance, transition, given, asked) {
    const [here, rest] = this.#at(asked)
    return here.saveDraft(instance, transition, given, rest)
  }

  steps(instance, now, given) {
    return this.blueprint(undefined, { now, ...options(given, ['zone']) }).steps(instance)
  }

  takeStep(instance, step, record, given) {
    const [here, rest] = this.#at(given)
    return here.takeStep(instance, step, record, rest)
  }

  exit(instance, given) {
    const [here, rest] = this.#at(given)
    options(rest, [])
    return here.exit(instance)
  }

  /** All blueprints under a clock, and the other options. */
  #at(given) {
    argument(given === undefined || (typeof given === 'object' && given !== null), 'options must be an object')
    const { now, zone, users, ...rest } = given ?? {}
    // A `Date` and an array may be others the next time.
    const key = now instanceof Date ? now.getTime() : now
    const known = this.#here
    if (known && known.key === key && known.zone === zone && known.users === users) return [known.here, rest]
    const here = this.blueprint(undefined, { now, zone, users })
    if (users === undefined || users instanceof Users) this.#here = { key, zone, users, here }
    return [here, rest]
  }

  due(state, now, given) {
    nativeState(state)
    return state.due(this, now, given)
  }

  nextRun(schedule, now, given) {
    const { now: at, zone } = clock({ now, ...options(given, ['zone']) })
    const next = guard(() => nativeSide.nextRun(this.#native, text(schedule, 'schedule'), at, zone))
    return next ? new Date(next) : null
  }

  select(schedule, records, now, given) {
    const { now: at, zone } = clock({ now, ...options(given, ['zone']) })
    const all = batch.list(records)
    const chosen = guard(() => nativeSide.select(this.#native, text(schedule, 'schedule'), all, at, zone))
    return chosen.map((index) => all[index])
  }

  test(given) {
    const { users, ...rest } = options(given, ['users', 'now', 'zone'])
    const { now, zone } = clock(rest)
    const who = usersOf(users, this.#lang)
    const report = plain(JSON.parse(guard(() => nativeSide.testRules(this.#native, who, now, zone))))
    for (const { failures } of report.tests) {
      for (const failure of failures) failure.found = failure.found[this.#lang]
    }
    return report
  }

  simulate(program, records, given) {
    argument(program instanceof Program, 'the new program must be a Program')
    return simulate(natives.get(this), natives.get(program), records, given)
  }

  picture(name) {
    orNull(name, 'name', 'the name of a blueprint')
    return new Picture(guard(() => this.#native.picture(name ?? undefined)))
  }

  replay(rows, given) {
    return replay(this.#native, rows, given)
  }

  blueprintContent(name) {
    return guard(() => nativeSide.blueprintContent(this.#native, text(name, 'name')))
  }

  template(source, given) {
    const { format = 'text', module } = options(given, ['format', 'module'])
    optional(module, 'module')
    const native = guard(() => this.#native.template(text(source, 'text'), text(format, 'format'), module))
    return new Template(native, source)
  }

  /** A criterion given as text is compiled once, and remembered while there is room. */
  #compiled(criterion, module) {
    if (criterion instanceof Criterion) return criterion
    const known = this.#criteria.get(criterion)
    if (known !== undefined && known.module === module) return known.compiled
    const compiled = this.criterion(criterion, { module })
    if (this.#criteria.size >= REMEMBERED) this.#criteria.clear()
    this.#criteria.set(criterion, { module, compiled })
    return compiled
  }

  #scoring(name, { contributions = false, ...rest }) {
    argument(typeof contributions === 'boolean', 'contributions must be true or false')
    return batch.scoring(this.#score(name).native, { ...shared(rest), contributions, lang: this.#lang })
  }

  /** One criterion, or several by name. */
  #matching(criteria, { module, ...rest }) {
    const when = shared(rest)
    if (typeof criteria === 'string' || criteria instanceof Criterion) {
      return batch.matching(undefined, [nativeOf(this.#compiled(criteria, module))], when)
    }
    argument(typeof criteria === 'object' && criteria !== null, 'criteria must be a criterion, or an object of criteria by name')
    const names = Object.keys(criteria)
    argument(names.length > 0, 'there is no criterion to match')
    return batch.matching(names, names.map((name) => nativeOf(this.#compiled(criteria[name], module))), when)
  }

  #filtering(criterion, { module, ...rest }) {
    return batch.filtering(nativeOf(this.#compiled(criterion, module)), shared(rest))
  }

  /** The reasons of a score, if one has that name, or else of a criterion. */
  #explaining(criterionOrScore, { module, lang: asked, ...rest }) {
    const when = { ...clock(rest), lang: lang(asked) }
    const spoken = asked ?? this.#lang
    const score = this.#known(criterionOrScore)
    if (score !== undefined) {
      const told = { ...score, lang: spoken }
      return batch.explainingScore(score.native, when, (explained) => Score.explained(told, explained))
    }
    const made = ({ reasons, json }) => new Explanation(reasons, json, spoken)
    return batch.explainingCriterion(nativeOf(this.#compiled(criterionOrScore, module)), when, made)
  }

  /** The score of that name, if it is one and no criterion. */
  #known(criterionOrScore) {
    if (criterionOrScore instanceof Criterion) return undefined
    try {
      return this.#score(criterionOrScore)
    } catch (thrown) {
      if (typeof criterionOrScore === 'string' && thrown instanceof UnknownNameError) return undefined
      throw thrown
    }
  }

  #score(name) {
    orNull(name, 'name', 'the name of a score')
    let score = this.#scores.get(name)
    if (!score) {
      const native = guard(() => this.#native.score(name))
      score = { native, name: native.name, lang: this.#lang, desk: scoreDesk(native), totals: new Map() }
      this.#scores.set(name, score)
    }
    return score
  }
}

/** Where records get a score, one at a time. */
const scoreDesk = (native) => new Desk((memory) => native.desk(memory))

module.exports = { Program }
