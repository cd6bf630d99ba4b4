import type { AnyRecord, Clock, Lang, Program } from '../index.cjs'
import type { User, Users } from './workflow.cjs'

/** A text in both languages. */
export interface Said {
  readonly fr: string
  readonly en: string
}

/** What changes: a declaration, or a part of one. */
export type Part =
  | 'module'
  | 'constant'
  | 'rule'
  | 'rules'
  | 'score'
  | 'blueprint'
  | 'blueprints'
  | 'approval'
  | 'validation'
  | 'dependency'
  | 'guard'
  | 'schedule'
  | 'webhook'
  | 'calendar'
  | 'currencies'
  | 'chaining'
  | 'pipeline'
  | 'test'
  | 'field'
  | 'type'
  | 'value'
  | 'synonym'
  | 'property'
  | 'trigger'
  | 'repetition'
  | 'criterion'
  | 'condition'
  | 'action'
  | 'later'
  | 'branch'
  | 'of'
  | 'line'
  | 'points'
  | 'events'
  | 'cap'
  | 'group'
  | 'limits'
  | 'stars'
  | 'labels'
  | 'text'

/** Something that changes. */
export interface Change {
  readonly of: Part
  readonly change: 'added' | 'removed' | 'renamed' | 'changed' | 'reordered'
  /** Its name, where it has one; in the old program where that has it. */
  readonly name?: string
  /** Its name in the new program, where that is another. */
  readonly renamed?: string
  /** The module it stands on. */
  readonly module?: string
  /** What the old program says. */
  readonly before?: Said
  /** What the new program says. */
  readonly after?: Said
  /** What to beware of. */
  readonly warning?: Said
  /** What changes inside it. */
  readonly changes?: readonly Change[]
  /** Of a blueprint: what changes inside it. */
  readonly steps?: readonly { readonly of: string; readonly change: string; readonly [key: string]: unknown }[]
}

/** What changes from one program to another. */
export class Diff {
  private constructor()
  /** What changes: first what decides differently, then names and tests. */
  readonly changes: readonly Change[]
  /** For which records something comes out otherwise; `null` where no `data` was given. */
  readonly simulation: Simulation | null
  /** Whether the programs say the same. */
  readonly isEmpty: boolean
  /** What changes, on lines; in the new program's language by default. */
  report(lang?: Lang): string
  /** How much changes, on one line. */
  summary(lang?: Lang): string
  toString(): string
  toJSON(): { changes: readonly Change[] }
}

/**
 * What changes from an old program to a new one, compared by what they mean: formatting, comments,
 * the language of keywords and the order of what has none make no difference.
 */
export function diff(old: Program, program: Program, options?: DiffOptions): Diff

/** How records are replayed. */
export interface SimulateOptions extends Clock {
  users?: Users | Iterable<User>
  /** The module of the records, where there are several. */
  module?: string
  /** Records are saved again without a change; otherwise they are created. */
  updated?: boolean
  /** The clock goes on until then for each record, and what its timers do is compared too. */
  until?: Date | string
  /** So many of those that change are listed, 20 by default; all are counted. */
  show?: number
  /** What is given are events, decided in their order; both programs remember their records. */
  events?: boolean
}

export interface DiffOptions extends Omit<SimulateOptions, 'updated' | 'events'> {
  /** Records, to say for which of them something comes out otherwise. */
  data?: Iterable<AnyRecord>
}

/** What comes out otherwise with a new program. */
export interface Simulation {
  /** How many records or events were compared. */
  readonly compared: number
  /** For how many of them something changes. */
  readonly changed: number
  /** How often what was due between events came out otherwise; `null` of records. */
  readonly dueChanged: number | null
  /** The rules that make a difference, the one with the most records first. */
  readonly byRule: readonly SimulationCount[]
  /** The outcomes that change, the most frequent first. */
  readonly byOutcome: readonly SimulationCount[]
  /** The first of those that come out otherwise. */
  readonly listed: readonly Listed[]
  /** Those that are listed, each with what changes and by which rule. */
  report(lang?: Lang): string
  toString(): string
}

/** How many records something concerns. */
export interface SimulationCount {
  readonly what: 'rule' | 'field' | 'effect' | 'timer' | 'score' | 'refusal' | 'error'
  /** Which: the name of the rule, the field or the score, the kind of the effect. */
  readonly name: string
  readonly count: number
}

/** A record, an event, or what was due, that comes out otherwise. */
export interface Listed {
  /** The place of the record or the event, from 1; `null` of what was due. */
  readonly row: number | null
  /** The event's id. */
  readonly event: string | null
  /** Of what was due: until when. */
  readonly until: Date | null
  /** What, and by which rules. */
  readonly differences: readonly { readonly outcome: SimulationCount['what']; readonly [key: string]: unknown }[]
  /** What comes out otherwise and by which rule. */
  report(lang?: Lang): string
  toString(): string
}
