import type { AnyRecord, Clock, Lang } from '../index.cjs'
import type { Reason } from './results.cjs'
import type { Decision, Effect, FieldChange, State, TimerChange, User, Value } from './workflow.cjs'

/** Who acts: a name, or what is known of a user. */
export type Actor = string | User | null

/** What is given for a transition: fields by name, or a {@link Given} with more. */
export type GivenFields = { readonly [field: string]: unknown }

/** What is given for a transition, where that is more than fields. */
export class Given {
  constructor(
    fields?: GivenFields,
    more?: {
      note?: string | null
      /** As the host names them. */
      attachments?: readonly string[]
      /** The items that were ticked. */
      ticked?: readonly string[]
      /** The ids of records to associate, by module. */
      records?: { readonly [module: string]: readonly (string | number)[] }
    },
  )
  readonly fields: GivenFields
  readonly note: string | null
  readonly attachments: readonly string[]
  readonly ticked: readonly string[]
  readonly records: { readonly [module: string]: readonly (string | number)[] }
}

/** A transition half filled in. */
export interface Draft {
  readonly transition: string
  readonly given: Given
  /** When it was saved last. */
  readonly saved: Date
  readonly by: string | null
}

/** One step of a process. */
export interface Move {
  /** `null` is the entry, a forced write, or a migration. */
  readonly transition: string | null
  /** `null` at the entry. */
  readonly from: string | null
  /** The same for a child of a parallel transition while others are to be done. */
  readonly to: string
  readonly at: Date
  /** `null` is by itself. */
  readonly by: string | null
}

/** A step of a state that has been taken care of. */
export type TakenStep =
  | { readonly step: 'reminder'; readonly number: number }
  | { readonly step: 'escalation'; readonly level: number }
  | { readonly step: 'transition'; readonly transition: string }

/** A record's way through a blueprint: immutable. The host keeps it, as JSON for instance. */
export class Instance {
  private constructor()
  readonly blueprint: string
  /** The content of the blueprint under which it runs: under another it does not run. */
  readonly content: string
  readonly state: string
  /** Since when it is in the state. */
  readonly since: Date
  /** Which steps of its state have been taken care of. */
  readonly told: readonly TakenStep[]
  /** When it was taken out of the blueprint, if it was. */
  readonly left: Date | null
  readonly drafts: readonly Draft[]
  /** Which children of parallel transitions are done, by the transition. */
  readonly progress: { readonly [transition: string]: readonly string[] }
  /** How it came where it is, from its entry on. */
  readonly history: readonly Move[]
  /**
   * What `JSON.stringify` made of an instance, as text or data.
   * @throws {StateError}
   */
  static fromJSON(written: string | object): Instance
  toJSON(): object
}

/** A transition that leaves the state of a record. */
export interface Offer {
  readonly transition: string
  /** Of a child, the parallel transition it belongs to. */
  readonly parent: string | null
  /** The state it leads to. */
  readonly to: string
  /** Whether it may be made now, by this actor. */
  readonly offered: boolean
  /** Whether something was saved for it. */
  readonly draft: boolean
  /** Why it may not be made; filled only with `why: true`. */
  readonly whyNot: readonly Obstacle[]
}

interface ObstacleBase {
  /** What is said of it; in the language of the program by default. */
  message(lang?: Lang): string
  toString(): string
}

/** One reason why a transition cannot be made, told by its `code`. */
export type Obstacle = ObstacleBase &
  (
    | /** The record stands elsewhere. */
    { readonly code: 'wrong_state'; readonly state: string; readonly from: readonly string[] }
    | /** The actor is none of its owners; `by` is `null` where nobody is named. */
    { readonly code: 'not_allowed'; readonly by: string | null; readonly owners: readonly string[] }
    | /** Its criterion does not hold; `why` where reasons are asked for. */
    { readonly code: 'not_held'; readonly why: Reason | null }
    | /** It is made by itself, after a delay. */
    { readonly code: 'automatic' }
    | /** It is done when its children are: those left. */
    { readonly code: 'by_children'; readonly left: readonly string[] }
    | /** This child is done already. */
    { readonly code: 'done' }
    | /** A field must be given. */
    { readonly code: 'missing'; readonly field: string }
    | { readonly code: 'missing_note' }
    | { readonly code: 'missing_attachment' }
    | /** Items must be ticked. */
    { readonly code: 'unticked'; readonly items: readonly string[] }
    | /** A record of a module must be associated. */
    { readonly code: 'missing_record'; readonly module: string }
    | /** Something is given that the transition does not ask for. */
    { readonly code: 'not_asked'; readonly name: string; readonly asked: readonly string[] }
    | /** What is given cannot be, or breaks a validation: `rule`, as written. */
    { readonly code: 'invalid'; readonly field: string | null; readonly text: string; readonly rule: string | null }
    | /** The instance was started under another version of the blueprint: it is to be migrated. */
    { readonly code: 'other_version'; readonly blueprint: string }
    | /** The record is in no process. */
    { readonly code: 'not_inside' }
    | /** The blueprint has no such transition; those there are. */
    { readonly code: 'unknown'; readonly transition: string; readonly known: readonly string[] }
  )

/** A transition that was made; nothing has been done yet. */
export interface FiredTransition {
  /** Tells it from a refusal. */
  readonly made: true
  /** Where the record stands from now on. */
  readonly instance: Instance
  /** The new values of the record's own fields, by name. */
  readonly fields: { readonly [field: string]: Value }
  /** The new values, those of other records too. */
  readonly changes: readonly FieldChange[]
  /** What else is to be done, in order. */
  readonly effects: readonly Effect[]
  readonly timers: readonly TimerChange[]
  /** Of a process that is `continu`, what is offered from here to who made it; `null` of another. */
  readonly next: readonly Offer[] | null
  /** All of it as a decision. */
  readonly decision: Decision
}

/** A transition that was not made; what stands in its way is told when it is asked for. */
export interface RefusedTransition {
  /** Tells it from one that was made. */
  readonly made: false
  /** All that stands in the way. */
  readonly obstacles: readonly Obstacle[]
  /** The same in words. */
  readonly message: string
}

/** What to show to somebody who is about to make a transition. */
export interface Form {
  readonly transition: string
  /** What is to be read first. */
  readonly messages: readonly string[]
  /** In the order in which they are asked for. */
  readonly fields: readonly { readonly field: string; readonly required: boolean }[]
  /** What else is asked for; `of` are the items to tick, or of a record its module. */
  readonly extras: readonly {
    readonly kind: 'note' | 'attachment' | 'checklist' | 'record'
    readonly of: readonly string[]
    readonly required: boolean
  }[]
  /** What was given so far. */
  readonly draft: Given | null
}

/** Something that happens to an instance by itself. */
export interface DueStep {
  readonly at: Date
  readonly step: 'transition' | 'reminder' | 'escalation'
  /** The automatic transition. */
  readonly transition: string | null
  /** Which reminder, from 0. */
  readonly number: number | null
  /** Which escalation, from 0. */
  readonly level: number | null
}

/** What a step is made with, besides the record. */
export interface StepOptions {
  /** The host's id of it, which effects carry; one is made of what is done where it is left out. */
  id?: string | number
  /** The record's id; its field `id` by default. */
  recordId?: string | number
  /** What is remembered of the record, and of those it concerns. */
  state?: State
  /** Records that the record refers to or lists, by module, each with an `id`. */
  related?: { readonly [module: string]: readonly AnyRecord[] }
  /** Whether to tell why each rule fired or did not. */
  trace?: boolean
}

/** What a transition is made with. */
export interface FireOptions extends StepOptions {
  by?: Actor
}

/** A clock, and who is who. */
export interface BlueprintOptions extends Clock {
  users?: import('./workflow.cjs').Users | Iterable<User>
}

/** A blueprint, or all of a program, under one clock and with one list of users. */
export class Blueprint {
  private constructor()
  /** As declared; `null` where all of a program are meant. */
  readonly name: string | null
  /** Lets a record into the blueprint that takes it, if there is one. */
  enter(record: AnyRecord, options?: { module?: string }): Instance | null
  /** The names of the transitions that may be made now. */
  offered(instance: Instance, record: AnyRecord, options?: { by?: Actor }): string[]
  /**
   * The transitions that leave the state of a record, offered or not.
   * @throws {Refused}
   */
  available(instance: Instance, record: AnyRecord, options?: { by?: Actor; why?: boolean }): Offer[]
  /**
   * Makes a transition; nothing of it is done yet.
   * @throws {Refused} with all that stands in the way at once
   */
  fire(
    instance: Instance,
    transition: string,
    given: Given | GivenFields | null | undefined,
    record: AnyRecord,
    options?: FireOptions,
  ): FiredTransition
  /** The same where being refused is nothing out of the ordinary: nothing is thrown for it, which is many times faster. */
  tryFire(
    instance: Instance,
    transition: string,
    given: Given | GivenFields | null | undefined,
    record: AnyRecord,
    options?: FireOptions,
  ): FiredTransition | RefusedTransition
  /** What a transition tells and asks for. */
  form(instance: Instance, transition: string, record: AnyRecord): Form
  /** Keeps what is given so far for a transition; nothing at all drops the draft. */
  saveDraft(
    instance: Instance,
    transition: string,
    given: Given | GivenFields | null | undefined,
    options?: { by?: Actor },
  ): Instance
  /** What happens to an instance by itself, the earliest first. */
  steps(instance: Instance): DueStep[]
  /** Does what has become due. */
  takeStep(instance: Instance, step: DueStep, record: AnyRecord, options?: StepOptions): FiredTransition
  /** Takes a record out of its process. */
  exit(instance: Instance): Instance
}
