import type { Lang, Program } from '../index.cjs'

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
export function diff(old: Program, program: Program): Diff
