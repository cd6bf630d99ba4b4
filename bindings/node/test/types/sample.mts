// Compiled by `npm run types`, never run: what a TypeScript user writes with `import`.
import * as jalon from 'jalon'
import { ClockError, JalonError, type Line, load, parse, type Total } from 'jalon'

interface Lead {
  Email: string
  Score?: number | bigint
  visits: readonly { type: string; at: Date }[]
}
const lead: Lead = { Email: 'a@exemple.fr', visits: [{ type: 'visit', at: new Date() }] }

const program = parse('score S\n  +1 si Email N\'EST PAS VIDE', { name: 's.jalon', lang: 'fr', strict: true })
load(['a.jalon', 'rules/'])
load(new URL('rules/', import.meta.url))

const result: jalon.Score = program.score('S', lead, { now: new Date(), zone: 'Europe/Paris', explain: true })
const total: number = result.total
const exact: string = result.totalText
const stars: number | null = result.stars
const gained: Line[] = result.lines.filter((line) => line.points > 0)
const next: number | undefined = result.nextChange?.getTime()
const text: string = result.explain('en')

const totals: Total[] = program.scoreMany(null, new Set([lead]), { now: '2026-06-30T09:00' })
const later: Promise<Total[]> = program.scoreManyAsync('S', [lead], { signal: AbortSignal.timeout(1000) })

const scorer: jalon.Scorer = program.scorer('S', { now: new Date(), zone: 'Europe/Paris' })
const fast: number = scorer(lead)
const full: jalon.Score = scorer.score(lead)
const matcher: jalon.Matcher = program.matcher('Email EST VIDE', { module: 'Prospects' })
const judged: { total: number; holds: boolean[] } = program.judge(null, ['Email EST VIDE'])(lead)

const scores: jalon.BatchScores = program.scoreBatch('S', [lead], { now: '2026-06-30' })
const points: Float64Array = scores.total
const problems: readonly jalon.Problem[] | undefined = scores.errors.get(0)
const bytes: Uint8Array = program.scoreBatch('S', new Uint8Array(8), { now: 'Seen at' })
const soon: Promise<Uint8Array> = program.scoreBatchAsync('S', new ArrayBuffer(8), { signal: AbortSignal.timeout(9) })
const mask: boolean[] = program.matchBatch('Email EST VIDE', [lead], { module: 'Prospects' })
const { empty }: { empty: boolean[] } = program.matchBatch({ empty: 'Email EST VIDE' }, [lead])
const later2: Promise<{ empty: boolean[] }> = program.matchBatchAsync({ empty: 'Email EST VIDE' }, new Set([lead]))
const masks: Uint8Array = program.matchBatch({ empty: 'Email EST VIDE' }, bytes)
const each: Float64Array = program.scoreBatch('S', [lead], { contributions: true }).lines[0]!.points
const some: Lead[] = program.filterBatch('Email EST VIDE', [lead])
const rows: Promise<Uint8Array> = program.filterBatchAsync('Email EST VIDE', bytes, { threads: 2 })
const told: jalon.Score[] = program.explainBatch(null, [lead], { lang: 'en' })
const whys: Promise<jalon.Explanation[]> = program.explainBatchAsync(program.rule('R'), [lead])
const either: jalon.Score[] | jalon.Explanation[] = program.explainBatch('Email EST VIDE', [lead])
const tale: Uint8Array = program.explainBatch('S', bytes, { now: 'Seen at' })
// @ts-expect-error lines come when they are asked for
program.scoreBatch('S', [lead]).lines
// @ts-expect-error a criterion that was not asked for
program.matchBatch({ empty: 'Email EST VIDE' }, [lead]).full

const holds: boolean = jalon.criterion('Email EST VIDE').matches(lead)
const compiled: jalon.Criterion = program.criterion('Email EST VIDE', { module: 'Prospects' })
const why = compiled.explain(lead, { lang: 'fr' })
if (why.root.kind === 'leaf' && why.root.value.state === 'value') why.root.value.value.toUpperCase()
for (const problem of why.errors) if (problem.kind === 'conflict') problem.keys?.[0].trim()

try {
  program.matches(compiled, lead)
} catch (error) {
  if (error instanceof ClockError) console.error(error.message)
  else if (error instanceof JalonError && error.code === 'JALON_CHECK') {
    for (const { code, line, column, help, fixes } of error.diagnostics) {
      console.error(code, line, column, help?.trim(), fixes[0]?.edits[0]?.text)
    }
  }
}

// @ts-expect-error a misspelled option
program.score('S', lead, { nwo: new Date() })
// @ts-expect-error a program is made by load or parse
new jalon.Program()
// @ts-expect-error results are read-only
result.total = 3
// @ts-expect-error a record has names
program.matches('Email EST VIDE', 'a@exemple.fr')

export { total, exact, stars, gained, next, text, totals, later, holds, points, problems, soon, mask, empty, later2, masks, each, some, rows, told, whys, either, tale }

const state = jalon.State.fromJSON('{"version": 1, "records": []}')
const users = new jalon.Users([{ name: 'Alice', id: 7, roles: ['Directrice'] }, { name: 'Bruno', groups: new Set(['Juristes']) }])
const among: jalon.Decision = program.decide({ id: 'e0', type: 'tick' }, { users })
const tested: boolean = program.test({ users: [{ name: 'Alice', email: null }] }).passed
new jalon.Rehearsal(program, { users })
// @ts-expect-error roles are a list
program.test({ users: [{ name: 'Alice', roles: 'Directrice' }] })
const decision: jalon.Decision = program.decide(
  { id: 1, type: 'updated', module: 'Prospects', before: lead, after: { Pays: 'France' }, now: new Date() },
  { state, zone: 'Europe/Paris', trace: true },
)
state.apply(decision)
for (const effect of decision.effects) {
  if (effect.type === 'task') effect.subject.trim()
  else if (effect.type === 'webhook') new URLSearchParams(effect.parameters.map(([name, value]) => [name, value]))
  else if (effect.type === 'function') effect.arguments.map(String)
  // @ts-expect-error only a task has a subject
  else effect.subject
}
const results: { [effect: string]: unknown } = jalon.perform(decision, { C15: (score: number) => score + 1 })
const pending: Promise<{ [effect: string]: unknown }> = jalon.performAsync(decision, { C15: async () => 1 })
for (const due of program.due(state, '2026-07-01')) {
  const what: string = due.type === 'timer' ? due.timer.id : due.schedule
  what.trim()
}
const chosen: Lead[] = program.select('E-mails', [lead], new Date())
const rehearsal = new jalon.Rehearsal(program, { now: '2026-06-30', records: { Prospects: [lead] } })
const fired: Date[] = rehearsal.advance('2026-07-30').map(({ at }) => at)
const rendered: string = program.template('${Email}', { format: 'html' }).render(lead)
const failed: boolean = program.test({ zone: 'Europe/Paris' }).tests.some(({ passed }) => !passed)
// @ts-expect-error an event without a record
program.decide({ id: 1, type: 'created' })
// @ts-expect-error no such format
program.template('x', { format: 'pdf' })

const blueprint: jalon.Blueprint = program.blueprint('Vente', { now: new Date(), users: [{ name: 'Alice' }] })
const instance: jalon.Instance | null = blueprint.enter(lead)
if (instance) {
  const open: string[] = blueprint.offered(instance, lead, { by: 'Alice' })
  const moved: jalon.FiredTransition = program.fire(instance, open[0]!, { Montant: 1 }, lead, { by: { name: 'Alice' }, now: '2026-06-30' })
  const tried = blueprint.tryFire(instance, 'Proposer', null, lead)
  const told: string = tried.made ? tried.instance.state : tried.obstacles[0]!.message('fr')
  told.length
  const kept: object = moved.instance.toJSON()
  jalon.Instance.fromJSON(kept)
  program.saveDraft(instance, 'x', new jalon.Given({ Montant: 1 }, { note: 'vu' }), { by: 'Alice' })
}
try {
  blueprint.exit(instance!)
} catch (error) {
  if (error instanceof jalon.Refused) {
    for (const obstacle of error.obstacles) {
      const said: string = obstacle.message('fr')
      if (obstacle.code === 'missing') obstacle.field satisfies string
      if (obstacle.code === 'wrong_state') obstacle.from satisfies readonly string[]
    }
  }
}
const log: jalon.Replay = program.replay([lead], { case: 'Email', state: 'Statut', time: 'le', lang: 'fr' })
const half: number | null = log.states[0]!.medianSeconds
program.picture().with(log.figures())
const implied: string = jalon.discover([{ id: 1, s: 'A' }], { case: 'id', state: 's', minCount: 2 })
const plan: jalon.MigrationPlan = jalon.migrationPlan(null, program, [instance!], { map: { A: null, P: { B: 'C' } } })
const taken: jalon.Instance | null = plan.apply(instance!, { now: '2026-07-01' })
if (plan.groups[0]!.fate === 'moved') plan.groups[0]!.to satisfies string | undefined
for (const request of decision.approvals) {
  const due: Date | null = request.due
  if (request.seats[0]?.vote) request.seats[0].vote.verdict satisfies 'approve' | 'reject'
}
program.decide({ id: 1, type: 'transition', transition: 'T', given: { fields: { A: 1 }, note: 'x' }, by: 'Alice', record: lead })
program.decide({ id: 1, type: 'vote', approval: 'A', verdict: 'approve', by: { name: 'Alice' }, record: lead })
// @ts-expect-error a vote without a verdict
program.decide({ id: 1, type: 'vote', approval: 'A', record: lead })
// @ts-expect-error a log without a column of states
program.replay([], { case: 'id' })
const drawn: string = program.picture('P').with({ states: { A: { count: 1 } } }).svg({ lang: 'fr' })
export { half, implied, taken, results, pending, chosen, fired, rendered, failed, among, tested, drawn }

const spoken: string = program.sayRule('R', { lang: 'en' }) + program.sayScore() + jalon.criterion('a EST b').sentence({ lang: 'fr' })
const spokenAll: jalon.Told[] = program.say()
const changes: jalon.Diff = jalon.diff(program, program)
const firstChange: jalon.Change | undefined = changes.changes[0]
const saidBefore: string | undefined = firstChange?.before?.en
const doubts: readonly jalon.Diagnostic[] = program.check()
void [doubts, spoken, spokenAll, saidBefore, changes.report('fr')]

const written: { id: number; Status?: string } = program.write(program.decide({ id: 'e', type: 'manual', rule: 'R', record: { id: 1 } }), { id: 1 })
const simulated: jalon.Simulation = program.simulate(program, [written], { until: '2026-07-01', show: 3 })
const atFirst: string | undefined = simulated.listed[0]?.report('fr')
const compared: number | undefined = jalon.diff(program, program, { data: [written] }).simulation?.compared
const problem: string | undefined = program.score(null, written).errors[0]?.message('fr')
void [atFirst, compared, problem]
