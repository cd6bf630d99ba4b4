import type { Decision, Due, Event, State, Template, TemplateFormat, TestReport } from './workflow.cjs'

export * from './workflow.cjs'

/** French or English. */
export type Lang = 'fr' | 'en'

/**
 * Anything with named values. Only an object's own enumerable properties are read; `undefined` is
 * an absent field, `null` an empty one.
 */
export type AnyRecord = object

/** The moment of an evaluation. Nothing reads the system clock. */
export interface Clock {
  /** Left out only where nothing reads the clock. ISO text without an offset is local to `zone`. */
  now?: Date | string
  /** An IANA name such as `Europe/Paris`; by default that of the program's calendar, else UTC. */
  zone?: string
}

export interface LoadOptions {
  /** The language of messages; that of the text by default. */
  lang?: Lang
  /** A value of the wrong type or an absent field throws a {@link RecordError}. */
  strict?: boolean
}

export interface ParseOptions extends LoadOptions {
  /** What diagnostics call the text. */
  name?: string
}

/**
 * Loads a program from a file, several files, or a folder of `.jalon` files.
 * @throws {SyntaxError | CheckError} with all the diagnostics
 */
export function load(paths: string | URL | readonly (string | URL)[], options?: LoadOptions): Program

/**
 * Compiles a program from its text.
 * @throws {SyntaxError | CheckError} with all the diagnostics
 */
export function parse(text: string, options?: ParseOptions): Program

/** Compiles one criterion; without a program its fields take the type of their values. */
export function criterion(text: string): Criterion

/** A compiled program: immutable. */
export class Program {
  private constructor()
  /** The names of its modules. */
  readonly modules: readonly string[]
  /** The names of its scores. */
  readonly scores: readonly string[]
  /** The names of its rules. */
  readonly rules: readonly string[]
  /** The names of its schedules. */
  readonly schedules: readonly string[]
  /** Its warnings and notes; a program with errors does not load. */
  readonly diagnostics: readonly Diagnostic[]
  /** The name and the text of each of its files. */
  readonly sources: readonly Source[]

  /**
   * The score of a record. `name` may be `null` if there is only one.
   *
   * The total is known at once; the reasons are computed from the same record when they are first
   * asked for. `{ explain: true }` computes them at once.
   */
  score(name: string | null, record: AnyRecord, options?: Clock & { explain?: boolean }): Score

  /** A score ready for many records, one at a time, under one clock. */
  scorer(name?: string | null, options?: Clock): Scorer

  /** A criterion, as text or compiled, ready for many records under one clock. */
  matcher(criterion: string | Criterion, options?: Clock & { module?: string }): Matcher

  /**
   * A score and criteria ready for many records under one clock: each record is read once, and a
   * test that several of them share is made once.
   */
  judge(
    name: string | null,
    criteria: Iterable<string | Criterion>,
    options?: Clock & { module?: string },
  ): Judge

  /** The totals of many records under one clock, without reasons. */
  scoreMany(name: string | null, records: Iterable<AnyRecord>, options?: Clock): Total[]

  /**
   * The same on another thread. The records are read on this one, a few at a time: the event loop
   * goes on turning, and a record that is changed meanwhile may be read before or after.
   */
  scoreManyAsync(
    name: string | null,
    records: Iterable<AnyRecord>,
    options?: Clock & { signal?: AbortSignal },
  ): Promise<Total[]>

  /** The scores of many records under one clock, one array for each part: the quickest way for many records. */
  scoreBatch(name: string | null, records: Iterable<AnyRecord>, options?: BatchOptions): BatchScores
  /**
   * A frame as Arrow IPC bytes with its score: bytes of the same format, a stream or a file. Added
   * are a column of the score's name (Int64 if all its points are whole, else Decimal128(28, 4)),
   * `<score>_stars` (Int64) and `<score>_label` (Utf8) where the score declares them, and `errors`
   * (Utf8), which names the values of the wrong type and is null in a row without any. Columns of
   * these names give way. `now` may be the name of a column: then each row has its own clock, and
   * one without a readable clock has a null score and says so in `errors`.
   *
   * `apache-arrow` makes such bytes with `tableToIPC` and reads them with `tableFromIPC`; polars,
   * pyarrow, arquero and DuckDB do too. Bytes compressed with LZ4 or Zstandard are read.
   * @throws {TypeError} with the code `JALON_ARGUMENT` for bytes that are none
   */
  scoreBatch(name: string | null, arrow: ArrowBytes, options?: BatchOptions): Uint8Array

  /**
   * As {@link Program.scoreBatch}, on another thread. Records are read on this one, a few at a
   * time: the event loop goes on turning. `signal` is looked at between them; of Arrow bytes
   * before and after.
   */
  scoreBatchAsync(
    name: string | null,
    records: Iterable<AnyRecord>,
    options?: BatchOptions & { signal?: AbortSignal },
  ): Promise<BatchScores>
  scoreBatchAsync(
    name: string | null,
    arrow: ArrowBytes,
    options?: BatchOptions & { signal?: AbortSignal },
  ): Promise<Uint8Array>

  /**
   * Whether a criterion, as text or compiled, holds on each of many records; of several criteria by
   * name, one array each. Of Arrow IPC bytes the same frame with a boolean column for each
   * criterion, called `matches` where there is one without a name. A criterion does not hold where
   * it reads a value of the wrong type.
   */
  matchBatch(criterion: string | Criterion, records: Iterable<AnyRecord>, options?: MatchOptions): boolean[]
  matchBatch(criteria: string | Criterion | Criteria, arrow: ArrowBytes, options?: MatchOptions): Uint8Array
  matchBatch<const C extends Criteria>(
    criteria: C,
    records: Iterable<AnyRecord>,
    options?: MatchOptions,
  ): { [name in keyof C]: boolean[] }

  /** As {@link Program.matchBatch}, on another thread; see {@link Program.scoreBatchAsync}. */
  matchBatchAsync(
    criterion: string | Criterion,
    records: Iterable<AnyRecord>,
    options?: MatchOptions & { signal?: AbortSignal },
  ): Promise<boolean[]>
  matchBatchAsync(
    criteria: string | Criterion | Criteria,
    arrow: ArrowBytes,
    options?: MatchOptions & { signal?: AbortSignal },
  ): Promise<Uint8Array>
  matchBatchAsync<const C extends Criteria>(
    criteria: C,
    records: Iterable<AnyRecord>,
    options?: MatchOptions & { signal?: AbortSignal },
  ): Promise<{ [name in keyof C]: boolean[] }>

  /** Whether a criterion, as text or compiled, holds on a record. */
  matches(criterion: string | Criterion, record: AnyRecord, options?: Clock & { module?: string }): boolean

  /** Why a criterion, as text or compiled, holds on a record or does not. */
  explain(
    criterion: string | Criterion,
    record: AnyRecord,
    options?: Clock & { module?: string; lang?: Lang },
  ): Explanation

  /** A criterion compiled against the program's modules and constants. */
  criterion(text: string, options?: { module?: string }): Criterion

  /** The condition of a rule, by the rule's name. */
  rule(name: string): Criterion

  /**
   * The names of the rules whose condition holds on a record, in declaration order. All rules are asked at
   * once, so their number costs little; where rules are of several modules, `module` says which.
   */
  matching(record: AnyRecord, options?: Clock & { module?: string }): string[]

  /**
   * What an event asks for; nothing of it is done. `now` of the event counts where none is given
   * here. `trace` tells why each rule fired or did not.
   * @throws {EventError | UnknownNameError | ClockError}
   */
  decide(event: Event, options?: Clock & { state?: State; trace?: boolean }): Decision

  /** What is due, the earliest first: timers, and runs of schedules since the last {@link State.tick}. */
  due(state: State, now: Date | string, options?: { zone?: string }): Due[]

  /** When a schedule runs next after `now`; `null` when never again. */
  nextRun(schedule: string, now: Date | string, options?: { zone?: string }): Date | null

  /** Those of some records that a schedule takes now, in the order it takes them. */
  select<R extends AnyRecord>(
    schedule: string,
    records: Iterable<R>,
    now: Date | string,
    options?: { zone?: string },
  ): R[]

  /** Runs the tests beside the rules; `now` is the present of those that set none. */
  test(options?: Clock): TestReport

  /**
   * A text with fields such as `${Nom ou "cher client"}`, compiled: each value is written as its
   * place in a text of the format asks.
   * @throws {SyntaxError | CheckError} with all the diagnostics
   */
  template(text: string, options?: { format?: TemplateFormat; module?: string }): Template
}

/** The total of a record, as the nearest number. */
export interface Scorer {
  (record: AnyRecord): number
  /** The score of a record, with its exact total, and its reasons on demand. */
  score(record: AnyRecord): Score
}

/** Whether a criterion holds on a record. */
export type Matcher = (record: AnyRecord) => boolean

/** The total of a record, as the nearest number, and whether each criterion holds on it. */
export type Judge = (record: AnyRecord) => { total: number; holds: boolean[] }

/** A compiled criterion: immutable. */
export class Criterion {
  private constructor()
  /** As written, or the name of its rule. */
  readonly text: string
  /** Its warnings and notes; a criterion with errors does not compile. */
  readonly diagnostics: readonly Diagnostic[]
  /** Whether it needs `now`. */
  readonly readsClock: boolean
  /** Whether it holds. It does not where a value it reads is of the wrong type. */
  matches(record: AnyRecord, options?: Clock): boolean
  /** Why it holds or does not. */
  explain(record: AnyRecord, options?: Clock & { lang?: Lang }): Explanation
}

/**
 * A total. Every decimal is given twice: as the nearest number, and exactly as text. A number of
 * at most 15 digits is exact.
 */
export interface Total {
  readonly total: number
  readonly totalText: string
  /** `null` without stars, or below the first threshold. */
  readonly stars: number | null
  readonly label: string | null
  /** Values of the wrong type; the lines that read them gave 0. */
  readonly errors: readonly Problem[]
}

/** Arrow IPC bytes: a stream or a file. */
export type ArrowBytes = Uint8Array | ArrayBufferLike

/** Criteria by name. */
export interface Criteria {
  readonly [name: string]: string | Criterion
}

export interface BatchOptions extends Clock {
  /** How many threads share the rows of Arrow bytes; all processors by default. Records are worked on by one. */
  threads?: number
}

export interface MatchOptions extends BatchOptions {
  /** The module of criteria given as text, where the program has several. */
  module?: string
}

/** The scores of many records, in their order. */
export interface BatchScores {
  /** How many records. */
  readonly length: number
  /** The number nearest to each total; {@link Program.scoreMany} gives decimals exactly. */
  readonly total: Float64Array
  /** `null` without stars, or below the first threshold. */
  readonly stars: readonly (number | null)[]
  readonly label: readonly (string | null)[]
  /** By the record's place, the values of the wrong type; records without any are not there. */
  readonly errors: ReadonlyMap<number, readonly Problem[]>
}

/** The score of one record. */
export class Score implements Total {
  private constructor()
  readonly name: string
  readonly total: number
  readonly totalText: string
  readonly stars: number | null
  readonly label: string | null
  readonly errors: readonly Problem[]
  /** Sum of the positive lines, after line caps, before group and score limits. */
  readonly positive: number
  /** Sum of the negative lines, likewise; at most 0. */
  readonly negative: number
  /** The part of both that events gave. */
  readonly touchPoints: EventPoints
  /** Every line, those that give nothing included, in source order. */
  readonly lines: readonly Line[]
  readonly groups: readonly Group[]
  /** The earliest moment at which the score can change by itself; `null` if it cannot. */
  readonly nextChange: Date | null
  /**
   * The reasons as text.
   * @throws {RecordChangedError} if the record changed before its reasons were first asked for
   */
  explain(lang?: Lang): string
  toString(): string
  /** The whole result as plain data. */
  toJSON(): ScoreData
}

export interface ScoreData extends Total {
  readonly name: string
  readonly positive: number
  readonly positiveText: string
  readonly negative: number
  readonly negativeText: string
  readonly touchPoints: EventPoints
  readonly lines: readonly Line[]
  readonly groups: readonly Group[]
  readonly nextChange: Date | null
}

export interface EventPoints {
  readonly positive: number
  readonly positiveText: string
  readonly negative: number
  readonly negativeText: string
}

export interface Line {
  /** As written. */
  readonly text: string
  readonly group: string | null
  /** The points it gave, after its cap. */
  readonly points: number
  readonly pointsText: string
  /** What it would have given without its cap, where that is more. */
  readonly cappedFrom: number | null
  readonly cappedFromText: string | null
  /** Whether its criterion holds; for an event line, for at least one event. */
  readonly holds: boolean
  /** Why; `null` for lines without a criterion and for event lines. */
  readonly reason: Reason | null
  /** The values its points were computed from, by name, where they are an expression. */
  readonly values: { readonly [field: string]: Read }
  /** For an event line, what became of the events. */
  readonly events: EventCounts | null
}

export interface EventCounts {
  readonly found: number
  readonly counted: number
  /** Outside the window. */
  readonly expired: number
  /** After now. */
  readonly future: number
  /** That the criterion refused. */
  readonly refused: number
  /** Beyond the number a day. */
  readonly overDailyLimit: number
  /** Without a date: counted without window, daily limit or decay. */
  readonly undated: number
}

export interface Group {
  readonly name: string
  /** The sum of its lines, after their caps. */
  readonly beforeLimits: number
  readonly beforeLimitsText: string
  readonly points: number
  readonly pointsText: string
}

/** Why a criterion holds on a record, or does not. */
export class Explanation {
  private constructor()
  readonly holds: boolean
  /** The parts, as the criterion is written. */
  readonly root: Reason
  /** Values of the wrong type; a criterion that reads one does not hold. */
  readonly errors: readonly Problem[]
  /** As text. */
  explain(lang?: Lang): string
  toString(): string
}

/** One part of an explained criterion. */
export type Reason =
  | { readonly kind: 'all' | 'any'; readonly holds: boolean; readonly parts: readonly Reason[] }
  | { readonly kind: 'not'; readonly holds: boolean; readonly part: Reason }
  | Related
  | Leaf

/** A criterion on a list of records. */
export interface Related {
  readonly kind: 'related'
  readonly holds: boolean
  readonly text: string
  readonly quantifier: string
  /** How many records there are. */
  readonly count: number
  /** How many of them satisfy the criterion. */
  readonly matching: number
  /** The first record that decides, explained. */
  readonly decisive: Reason | null
}

/** One test. */
export interface Leaf {
  readonly kind: 'leaf'
  readonly holds: boolean
  /** As written. */
  readonly text: string
  /** The field or expression read. */
  readonly field: string
  readonly op: string
  readonly value: Read
  /** What the value was compared with, where that is not in the text. */
  readonly comparedWith: readonly Read[]
  /** The interval that a date word stood for, ends as ISO text, `null` where unbounded. */
  readonly interval: readonly [string | null, string | null] | null
  /** The reason that people miss. */
  readonly because: 'empty' | 'absent' | 'wrong_type' | 'case' | 'accents' | 'outer_spaces' | 'unlisted' | null
}

/** A value as it was read. */
export type Read =
  | { readonly state: 'value' | 'wrong_type'; readonly value: string }
  | { readonly state: 'empty' | 'absent' }

/** A value that could not be used. */
export interface Problem {
  /** The module, if it is declared. */
  readonly module: string | null
  readonly field: string
  /** The value, printed and shortened; masked where personal. */
  readonly value: string
  /** `absent` in strict mode only. */
  readonly kind: 'wrong_type' | 'conflict' | 'absent' | 'arithmetic'
  /** The type that the field holds, for `wrong_type`. */
  readonly expected?: string
  /** The two names that carry different values, for `conflict`. */
  readonly keys?: readonly [string, string]
}

export interface Source {
  readonly name: string
  readonly text: string
}

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
  | 'JALON_UNKNOWN'
  | 'JALON_AMBIGUOUS'
  | 'JALON_CLOCK'
  | 'JALON_RECORD'
  | 'JALON_RECORD_CHANGED'
  | 'JALON_FILE'
  | 'JALON_EVENT'
  | 'JALON_STATE'
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

/** A text that is no state, or one of a newer version. */
export class StateError extends JalonError {}

/** The record is no longer the one that was scored, so its reasons are lost. */
export class RecordChangedError extends JalonError {}
