import type { AnyRecord, Clock, Lang, Program } from '../index.cjs'
import type { ApprovalChange } from './approval.cjs'
import type { Instance, Offer } from './blueprint.cjs'
import type { Diagnostic } from './errors.cjs'
import type { Event } from './event.cjs'
import type { Problem, Reason } from './results.cjs'

/**
 * A value of a field. A number that no JavaScript number holds exactly is its text; dates and
 * instants are ISO texts.
 */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [name: string]: Value }

/** A record's module, as declared, and its id, as text. */
export interface RecordKey {
  readonly module: string
  readonly id: string
}

/** The formats of texts with fields. */
export type TemplateFormat = 'text' | 'html' | 'xml' | 'json' | 'url'

/** What an event asks for, as plain data. Nothing of it has been done yet. */
export interface Decision {
  /** The event's id. */
  readonly event: string
  /** The hash of what the program says that decides. */
  readonly content: string
  /** `null` where the event's record has no id. */
  readonly record: RecordKey | null
  /** Why the change must not be saved; then there is nothing else to do. */
  readonly refusals: readonly Refusal[]
  /** New values, net of the whole cascade, in the order they were first written. */
  readonly changes: readonly FieldChange[]
  /** What else is to be done, in order. */
  readonly effects: readonly Effect[]
  /** What happens to timers; the state says the same. */
  readonly timers: readonly TimerChange[]
  /** The scores that rules wait for or asked for. */
  readonly scores: readonly ScoreChange[]
  /** Actions that could not be done. */
  readonly errors: readonly ActionError[]
  /** The rules that fired, in the order they did. */
  readonly fired: readonly string[]
  /** Requests for approval as they are from now on, where they have changed. */
  readonly approvals: readonly ApprovalChange[]
  /** What changes of the state; {@link State.apply} puts it in. */
  readonly state: StateData
  /** Where the record stands in its blueprint from now on, where that has changed. */
  readonly process: Instance | null
  /**
   * Where that process is `continu`, the transitions that leave its state now, each offered to who
   * acts or not, and why not; empty at an end, `null` of another process.
   */
  readonly next: readonly Offer[] | null
  /** Why each rule fired or did not, where it was asked for. */
  readonly trace: readonly Step[] | null
  /**
   * What is to be done, and where it was asked for why, with local times of the evaluation's zone. A
   * copy of a decision does not have it.
   */
  report(lang?: Lang): string
}

/** Why a change must not be saved. */
export interface Refusal {
  /** The field at fault, if there is one. */
  readonly field: string | null
  readonly message: string
  /** What must hold, as written; `null` for a property of the field. */
  readonly rule: string | null
  /** What stands in the way of a transition, where that is refused. */
  readonly obstacle: { readonly code: string } | null
}

/** A field's new value. */
export interface FieldChange {
  readonly record: RecordKey
  readonly field: string
  /** The value it is expected to have still. */
  readonly old: Value
  readonly new: Value
  /** The rule that wrote it last; empty where a dependent field was filled in. */
  readonly rule: string
}

interface EffectBase {
  /** The same for the same event, rule and record: doing it twice can be noticed. */
  readonly id: string
  /** The rule that asks for it. */
  readonly rule: string
  readonly record: RecordKey
}

type Texts = { readonly [name: string]: string }

/** `tâche` */
export interface Task extends EffectBase {
  readonly type: 'task'
  readonly subject: string
  /** A date or an instant, as ISO text. */
  readonly due: string | null
  readonly priority: 'low' | 'normal' | 'high' | null
  readonly to: string | null
  /** Made as done already. */
  readonly done: boolean
  readonly fields: Texts
}

/** `e-mail` */
export interface Email extends EffectBase {
  readonly type: 'email'
  readonly template: string
  readonly to: readonly string[]
  /** `objet`, `texte`, `html`, `copie`. */
  readonly fields: Texts
}

/** `alerte` */
export interface Alert extends EffectBase {
  readonly type: 'alert'
  readonly text: string
  readonly to: readonly string[]
  readonly fields: Texts
}

/** `webhook`: a request, its values written as their places ask. */
export interface Webhook extends EffectBase {
  readonly type: 'webhook'
  readonly name: string
  readonly method: string
  readonly url: string
  readonly headers: readonly (readonly [string, string])[]
  readonly parameters: readonly (readonly [string, string])[]
  readonly body: string | null
}

/** `fonction N(…)`: a function of the host; {@link perform} calls it. */
export interface FunctionEffect extends EffectBase {
  readonly type: 'function'
  readonly name: string
  readonly arguments: readonly Value[]
}

/** `convertir` */
export interface Convert extends EffectBase {
  readonly type: 'convert'
  /** Into which; none is as the host does. */
  readonly modules: readonly string[]
}

/** `créer M` */
export interface Create extends EffectBase {
  readonly type: 'create'
  /** Of which module. */
  readonly into: string
  readonly fields: { readonly [name: string]: Value }
}

/** `étiqueter` */
export interface Tag extends EffectBase {
  readonly type: 'tag'
  readonly tags: readonly string[]
}

/** `retirer l'étiquette` */
export interface Untag extends EffectBase {
  readonly type: 'untag'
  readonly tags: readonly string[]
}

/** `affecter à` */
export interface Assign extends EffectBase {
  readonly type: 'assign'
  readonly to: string
}

/** `rendez-vous` */
export interface Meeting extends EffectBase {
  readonly type: 'meeting'
  readonly title: string
  /** A date or an instant, as ISO text. */
  readonly start: string | null
  readonly minutes: number | null
  readonly with: readonly string[]
  readonly fields: Texts
}

/** `supprimer` */
export interface Delete extends EffectBase {
  readonly type: 'delete'
}

/** What was given with a transition, to be kept with the record. */
export interface Keep extends EffectBase {
  readonly type: 'keep'
  readonly note: string | null
  /** As the host names them. */
  readonly attachments: readonly string[]
  /** The items that were ticked. */
  readonly ticked: readonly string[]
  /** Records to associate: module and id. */
  readonly records: readonly (readonly [module: string, id: string])[]
}

/** Something to be done; `type` says what. */
export type Effect =
  | Task
  | Email
  | Alert
  | Webhook
  | FunctionEffect
  | Convert
  | Create
  | Tag
  | Untag
  | Assign
  | Meeting
  | Delete
  | Keep

/** Something to be done at a time. */
export interface Timer {
  /** The same for the same event, rule and record. */
  readonly id: string
  readonly due: Date
  readonly rule: string
  /** What it waits for: a date field, `puis … après`, inactivity, a deadline of an approval, a step of a blueprint. */
  readonly kind: 'date' | 'later' | 'idle' | 'approval' | 'process'
  /** Of `date`: the field, and its value when the timer was armed. */
  readonly field: string | null
  readonly value: string | null
  /** When the rule fired (`later`), the record last changed (`idle`), the level was asked (`approval`), or the state began (`process`). */
  readonly since: Date | null
  /** Of `approval` and `process`. */
  readonly step: 'reminder' | 'deadline' | 'escalation' | 'transition' | null
  /** The automatic transition (`process`). */
  readonly transition: string | null
  /** Which reminder, from 0. */
  readonly number: number | null
  /** Which level is asked, from 1 (`approval`), or which escalation, from 0 (`process`). */
  readonly level: number | null
}

/** What happens to a timer. */
export interface TimerChange {
  readonly record: RecordKey
  /** `past` is one that would have been due already. */
  readonly change: 'arm' | 'move' | 'cancel' | 'done' | 'past'
  /** As it is from now on; as it was, where it is cancelled or done. */
  readonly timer: Timer
}

/** A score that was computed: the nearest numbers, and exactly as text. */
export interface ScoreChange {
  readonly record: RecordKey
  readonly score: string
  /** As it was known before, if it was. */
  readonly old: number | null
  readonly oldText: string | null
  readonly new: number
  readonly newText: string
}

/** An action that could not be done; the others were. */
export interface ActionError {
  readonly rule: string
  /** As written. */
  readonly action: string
  readonly reason: 'wrong_type' | 'arithmetic' | 'not_whole' | 'no_record' | 'no_recipient' | 'in_process' | 'other_version'
  /** The values at fault. */
  readonly values: readonly Problem[]
}

/** One thing that the engine did or found, in order. */
export interface Step {
  readonly step:
    | 'pipeline'
    | 'stage'
    | 'wave'
    | 'rule'
    | 'write'
    | 'guarded'
    | 'process'
    | 'not_made'
    | 'approval'
    | 'unknown'
  readonly rule?: string
  readonly record?: RecordKey
  /** Of a rule; `held` is one that held and did not act, `because` says why. */
  readonly outcome?: 'fired' | 'not_triggered' | 'not_held' | 'held' | 'dropped'
  /** Of `not_made`: what stands in the way of the transition. */
  readonly because?: 'fired_before' | 'held_before' | 'once_per_event' | 'depth' | readonly { readonly code: string }[]
  /** The conditions explained. */
  readonly why?: readonly Reason[]
  /** What else is known of the step. */
  readonly [key: string]: unknown
}

/** What {@link State.toJSON} writes. */
export interface StateData {
  readonly version: number
  readonly records: readonly object[]
  readonly [key: string]: unknown
}

/**
 * What is remembered between events, of the records that an event concerns, or of all: rules that
 * fired once, armed timers, what was sent, scores that rules wait for. The host keeps it.
 */
export class State {
  /** Nothing remembered. */
  constructor()
  /**
   * What {@link State.toJSON} wrote, or its text.
   * @throws {StateError}
   */
  static fromJSON(written: StateData | string): State
  /** As plain data with a version, for `JSON.stringify`; the same state gives the same text. */
  toJSON(): StateData
  /** Puts in what a decision changed (also one read from JSON), or another state. */
  apply(decision: { readonly state: StateData } | State): void
  /** What is due, the earliest first. */
  due(program: Program, now: Date | string, options?: { zone?: string }): Due[]
  /** When the next timer is due. */
  nextDue(): Date | null
  /**
   * Says that what was due until `now` has been taken care of; the first time, that schedules count
   * from there.
   */
  tick(program: Program, now: Date | string, options?: { zone?: string }): void
  /** Forgets that rules `une seule fois` have fired for a record: one rule, or all. */
  forget(module: string, id: string | number, rule?: string): void
}

/**
 * Something whose time has come. A timer is sent as an event `{ type: 'due', timer: due.timer.id }`
 * of its record; the records that {@link Program.select} takes for a schedule as events
 * `{ type: 'scheduled', schedule: due.schedule }`.
 */
export type Due =
  | { readonly type: 'timer'; readonly at: Date; readonly record: RecordKey; readonly timer: Timer }
  | { readonly type: 'schedule'; readonly at: Date; readonly schedule: string }

/**
 * Calls the host's functions for the effects `fonction`, in order, each with the effect's
 * arguments; what each returned, by the effect's id.
 * @throws {UnknownNameError} for a name that is missing, before anything is called
 */
export function perform(
  decision: Pick<Decision, 'effects'>,
  functions: { readonly [name: string]: (...given: any[]) => unknown },
): { [effect: string]: unknown }

/** As {@link perform}, with functions that may be async; one after the other, in order. */
export function performAsync(
  decision: Pick<Decision, 'effects'>,
  functions: { readonly [name: string]: (...given: any[]) => unknown },
): Promise<{ [effect: string]: unknown }>

/** A user of the host. */
export interface User {
  /** The name by which rules and records know the user. */
  readonly name: string
  /** The host's id, where records hold that instead of the name. */
  readonly id?: string | number | null
  /** Where mail goes; without one, the name is what effects say. */
  readonly email?: string | null
  readonly roles?: readonly string[] | ReadonlySet<string> | null
  readonly groups?: readonly string[] | ReadonlySet<string> | null
  readonly profiles?: readonly string[] | ReadonlySet<string> | null
}

/** Users read once, for many decisions. */
export class Users {
  #private
  /** @throws {UsersError} */
  constructor(users: Iterable<User>)
  /** How many. */
  readonly size: number
}

/** A text with fields, compiled: immutable. */
export class Template {
  private constructor()
  /** As written. */
  readonly text: string
  readonly diagnostics: readonly Diagnostic[]
  /** Whether it needs `now`. */
  readonly readsClock: boolean
  /**
   * The text for a record.
   * @throws {RecordError} where a value is of the wrong type
   */
  render(record: AnyRecord, options?: Clock): string
}

/** What a timer or a schedule gave, and when it was due. */
export interface Fired {
  readonly at: Date
  readonly decision: Decision
}

/**
 * A host in memory, for dry runs and replays: it keeps records and the state, and does to them
 * what decisions say.
 */
export class Rehearsal {
  /** `records`, by module and each with an `id`, may be on the stage already. */
  constructor(
    program: Program,
    options?: Clock & {
      state?: State
      users?: Users | Iterable<User>
      records?: { readonly [module: string]: Iterable<AnyRecord> }
      trace?: boolean
    },
  )
  /**
   * Decides an event and does what is decided. If the event says when it happened, the clock is set
   * to that; timers due before are left to {@link Rehearsal.advance}.
   */
  send(event: Event): Decision
  /** Lets the clock go on, and fires what is due on the way, in order. */
  advance(until: Date | string): Fired[]
  /** The present. */
  readonly now: Date | null
  /** The records as they are now. */
  readonly records: (RecordKey & { readonly record: { readonly [field: string]: Value } })[]
  /** What is remembered: a copy. */
  readonly state: State
  /** Every decision, in order. */
  readonly history: { readonly at: Date | null; readonly decision: Decision }[]
}

/** What running the tests beside the rules gave. */
export interface TestReport {
  /** Whether every test passed. */
  readonly passed: boolean
  readonly tests: readonly {
    readonly name: string
    /** As declared. */
    readonly module: string | null
    readonly file: string
    /** From 1. */
    readonly line: number
    readonly passed: boolean
    /** How many. */
    readonly expectations: number
    readonly failures: readonly {
      /** As written. */
      readonly expected: string
      /** What there was instead. */
      readonly found: string
      readonly file: string
      readonly line: number
    }[]
  }[]
  /** Every criterion of rules and scores, and whether some test saw it hold, and not hold. */
  readonly coverage: readonly {
    /** The rule or the score. */
    readonly of: string
    /** Which of its conditions or lines, from 1. */
    readonly number: number
    readonly text: string
    readonly file: string
    readonly line: number
    readonly seenTrue: boolean
    readonly seenFalse: boolean
  }[]
}
