import type { Obstacle } from './blueprint.cjs'
import type { Problem } from './results.cjs'

/** A place in a text. */
export interface Place {
  readonly file: string
  /** From 1. */
  readonly line: number
  /** In characters, from 1. */
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  /** As an index of the JavaScript string, so that `text.slice(start, end)` is what is meant. */
  readonly start: number
  readonly end: number
}

/** One finding: an error, a warning or a note. */
export interface Diagnostic extends Place {
  /** Stable, such as `E0203`. */
  readonly code: string
  readonly severity: 'error' | 'warning' | 'note'
  readonly message: string
  /** All of it on one line, as `toString` gives it: where, how serious, the code, the message. */
  readonly text: string
  toString(): string
  /** What stands under the underlined text. */
  readonly label: string | null
  readonly help: string | null
  /** Other places that matter, such as the first of two definitions. */
  readonly labels: readonly (Place & { readonly text: string })[]
  /** The ways out, as edits that do not overlap. */
  readonly fixes: readonly {
    readonly title: string
    readonly edits: readonly (Place & { readonly text: string })[]
  }[]
}

/** What went wrong, as a stable name. */
export type ErrorCode =
  | 'JALON_SYNTAX'
  | 'JALON_CHECK'
  | 'JALON_FORM'
  | 'JALON_UNKNOWN'
  | 'JALON_AMBIGUOUS'
  | 'JALON_CLOCK'
  | 'JALON_RECORD'
  | 'JALON_REFUSED'
  | 'JALON_RECORD_CHANGED'
  | 'JALON_FILE'
  | 'JALON_EVENT'
  | 'JALON_STATE'
  | 'JALON_USERS'
  | 'JALON_MIGRATION'
  | 'JALON_INTERNAL'

/** What every error is. A wrong argument is a `TypeError` with the code `JALON_ARGUMENT`. */
export class JalonError extends Error {
  readonly code: ErrorCode
  /** The findings, where there are any. */
  readonly diagnostics: readonly Diagnostic[]
}

/** A text has errors: all of them are in `diagnostics`, and the message shows each in its place. */
export class ProgramError extends JalonError {}

/** A text that cannot be read. */
export class SyntaxError extends ProgramError {}

/** A text that reads well and means nothing: an unknown field, an operator its type does not have. */
export class CheckError extends ProgramError {}

/** JSON that is none of a program. */
export class FormError extends JalonError {
  /** Where, as a JSON pointer (RFC 6901); empty for the whole. */
  readonly pointer: string
}

/** No score, rule or module of that name, or several to choose from. */
export class UnknownNameError extends JalonError {
  readonly what: 'score' | 'rule' | 'module' | 'schedule' | 'function'
  /** The name asked for, if one was. */
  readonly asked?: string
  /** A declared name that may have been meant. */
  readonly suggestion?: string | null
  /** The names to choose from. */
  readonly names?: readonly string[]
}

/** The program reads the clock and `now` was left out, or cannot be read. */
export class ClockError extends JalonError {}

/** Strict mode: a value of the wrong type or an absent field. */
export class RecordError extends JalonError {
  readonly problems: readonly Problem[]
}

/** An event that cannot be read: a key is missing or unknown. */
export class EventError extends JalonError {}

/** What is asked of a record's process cannot be; all that stands in the way is told at once. */
export class Refused extends JalonError {
  readonly obstacles: readonly Obstacle[]
}

/** A text that is no state or no instance, or one of a newer version. */
export class StateError extends JalonError {}

/** Users that cannot be read: a key is unknown, a name missing or there twice. */
export class UsersError extends JalonError {}

/** A map of states that names what is not there, or an instance that cannot be migrated. */
export class MigrationError extends JalonError {}

/** One thing that could not be carried from one form to another. */
export interface LeftOut {
  /** Where: a JSON pointer, a path of XML elements, or the words of the criterion. */
  readonly at: string
  /** Why, in French. */
  readonly fr: string
  /** Why, in English. */
  readonly en: string
}

/** A criterion that another form cannot hold, or that Jalon cannot: all reasons at once. */
export class LeftOutError extends JalonError {
  readonly leftOut: readonly LeftOut[]
}

/** The record is no longer the one that was scored, so its reasons are lost. */
export class RecordChangedError extends JalonError {}
