// What an application does around Jalon: it says what happened, and stores what is decided. Here it
// stores in memory; with a database, what one method writes is one transaction.

import * as jalon from 'jalon'

/** There is no such thing. */
export class NotFound extends Error {}

/** New rules that are not taken: the old ones go on. */
export class NotTaken extends Error {
  constructor(message, details) {
    super(message)
    this.details = details
  }
}

export class Desk {
  #folder
  #users
  #now
  #program
  #state = new jalon.State()
  #leads = new Map()
  #deals = new Map()
  #effects = []
  #events = 0

  /** `now` gives the present: the engine reads no clock, and tests let time go on. */
  constructor({ folder, users, now = () => new Date() }) {
    this.#folder = folder
    this.#users = new jalon.Users(users)
    this.#now = now
    this.#program = this.#tested()
  }

  /** Loads the rules and runs the tests beside them. */
  #tested() {
    const program = jalon.load(this.#folder)
    const report = program.test({ users: this.#users })
    if (!report.passed) {
      const failures = report.tests.flatMap((test) =>
        test.failures.map(({ expected, found }) => ({ test: test.name, expected, found })),
      )
      throw new NotTaken('tests beside the rules fail', { failures })
    }
    return program
  }

  /** New rules. What does not load, fails its tests or leaves deals behind replaces nothing. */
  reload() {
    const fresh = this.#tested()
    const deals = [...this.#deals.values()]
    const plan = jalon.migrationPlan(this.#program, fresh, deals.map(({ instance }) => instance))
    if (plan.refused) throw new NotTaken(plan.report('en'), { plan })
    const now = this.#now()
    for (const deal of deals) deal.instance = plan.apply(deal.instance, { now })
    const changes = jalon.diff(this.#program, fresh).report('en')
    this.#program = fresh
    return { content: fresh.content, changes }
  }

  /** Creates a lead; its score, the rules that hold of it, and what they decide. */
  createLead(fields) {
    const now = this.#now()
    const record = { ...fields, id: this.#leads.size + 1 }
    const decision = this.#decide({ type: 'created', module: 'Leads', record }, record, now)
    this.#leads.set(record.id, record)
    const { total, label, errors } = this.#program.score('Fit', record, { now })
    const matching = this.#program.matching(record, { now, module: 'Leads' })
    return { lead: record, score: { total, label, errors }, matching, decision }
  }

  /** Why a lead has its points. */
  why(id, lang) {
    const lead = found(this.#leads, id)
    const score = this.#program.score('Fit', lead, { now: this.#now() })
    return { text: score.explain(lang), score }
  }

  /** Creates a deal, which enters its blueprint. */
  createDeal(fields) {
    const record = { ...fields, id: this.#deals.size + 1 }
    const instance = this.#blueprint().enter(record)
    if (!instance) throw new TypeError('no blueprint takes this deal')
    record.Stage = instance.state
    this.#deals.set(record.id, { record, instance })
    return { deal: record }
  }

  /** Makes a transition; a refusal is given back, with everything that stands in the way. */
  transition(id, name, { fields, ...rest }, by) {
    const deal = found(this.#deals, id)
    const given = new jalon.Given(fields ?? {}, rest)
    const made = this.#blueprint().tryFire(deal.instance, name, given, deal.record, { by })
    if (!made.made) return { made: false, obstacles: made.obstacles }
    deal.instance = made.instance
    Object.assign(deal.record, made.fields)
    this.#effects.push(...made.effects)
    return { made: true, deal: deal.record, effects: made.effects }
  }

  /** What nobody has carried out yet; each has an id by which doing it twice can be noticed. */
  get effects() {
    return this.#effects
  }

  /** Does what has become due, each at its own time. */
  tick() {
    for (const { at, timer, record } of this.#program.due(this.#state, this.#now())) {
      if (!timer) continue // a schedule: these rules have none
      const lead = found(this.#leads, record.id)
      this.#decide({ type: 'due', id: timer.id, timer: timer.id, module: record.module, record: lead }, lead, at)
    }
  }

  /** Decides an event, writes the changes and keeps the rest. */
  #decide(event, record, now) {
    const id = event.id ?? `e${++this.#events}`
    const decision = this.#program.decide({ ...event, id }, { state: this.#state, users: this.#users, now })
    this.#program.write(decision, record)
    this.#effects.push(...decision.effects)
    this.#state.apply(decision)
    return decision
  }

  #blueprint() {
    return this.#program.blueprint('Rental', { now: this.#now(), users: this.#users })
  }
}

function found(records, id) {
  const record = records.get(Number(id))
  if (!record) throw new NotFound(`there is no ${id}`)
  return record
}
