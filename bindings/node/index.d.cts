import type {
  Actor,
  Blueprint,
  BlueprintOptions,
  DueStep,
  FiredTransition,
  FireOptions,
  Form,
  Given,
  GivenFields,
  Instance,
  Offer,
  RefusedTransition,
  StepOptions,
} from './types/blueprint.cjs'
import type { SimulateOptions, Simulation } from './types/diff.cjs'
import type { Diagnostic } from './types/errors.cjs'
import type { Total, Score, Explanation, Problem, Source } from './types/results.cjs'
import type { Event } from './types/event.cjs'
import type { CriterionForm, SqlClause, SqlDialect, SqlOptions } from './types/forms.cjs'
import type { Picture } from './types/picture.cjs'
import type { Replay, ReplayOptions } from './types/replay.cjs'
import type { Decision, Due, FieldChange, State, Template, TemplateFormat, TestReport, User, Users } from './types/workflow.cjs'

export * from './types/blueprint.cjs'
export * from './types/approval.cjs'
export * from './types/errors.cjs'
export * from './types/event.cjs'
export * from './types/forms.cjs'
export * from './types/results.cjs'
export * from './types/diff.cjs'
export * from './types/migration.cjs'
export * from './types/picture.cjs'
export * from './types/replay.cjs'
export * from './types/workflow.cjs'

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

/** A declaration of a program and the hash of what it says. */
export interface Declared {
  /** `module`, `score`, `rule`, `blueprint` … */
  readonly kind: string
  /** Its name; of a declaration without one what it is about. */
  readonly name: string
  /** 64 hexadecimal digits. */
  readonly content: string
}

/** How a text is formatted. */
export interface FormatOptions {
  /** The language of every keyword; without it each stays in its own, or follows the `langue` line. */
  lang?: 'fr' | 'en'
}

/** A formatted text. */
export interface Formatted {
  /** What it is called. */
  name: string
  /** The text in its canonical layout. */
  text: string
  /** Whether that is another text. */
  changed: boolean
  /** Where it is in its own language still, since it has no other form yet. */
  kept: { line: number; column: number }[]
}

/**
 * Puts a program in its canonical layout. Comments stay where they stand, names and values as they
 * are written.
 * @throws {SyntaxError} with every syntax error
 */
export function format(text: string, options?: FormatOptions): string

/**
 * Formats texts that are one program, by name: the types of one decide about the others.
 * @throws {SyntaxError} with every syntax error
 */
export function formatTexts(texts: Record<string, string>, options?: FormatOptions): Formatted[]

/**
 * Puts a criterion that stands alone in its canonical spelling.
 * @throws {SyntaxError} with everything that is wrong with it
 */
export function formatCriterion(text: string, options?: FormatOptions): string

/** A compiled program: immutable. */
export class Program {
  private constructor()
  /** The names of its modules. */
  readonly modules: readonly string[]
  /** The names of its scores. */
  readonly scores: readonly string[]
  /** The names of its blueprints, those that are inactive too. */
  readonly blueprints: readonly string[]
  /** The names of its rules. */
  readonly rules: readonly string[]
  /** The names of its schedules. */
  readonly schedules: readonly string[]
  /** Its warnings and notes; a program with errors does not load. */
  readonly diagnostics: readonly Diagnostic[]
  /**
   * Its diagnostics, and doubts about what is right but hardly meant: criteria that never hold,
   * rules that are never reached, values that nothing uses. Loading does not look for them, since
   * that takes a while on large programs. With `users` also names of users, roles, groups and
   * profiles that none of them has.
   */
  check(options?: { users?: Users | Iterable<User> }): readonly Diagnostic[]
  /** The name and the text of each of its files. */
  readonly sources: readonly Source[]

  /**
   * A program of its JSON, as text or as the data that {@link Program.toJSON} gives.
   * @throws {FormError} for JSON that is none of a program
   */
  static fromJson(form: string | object, options?: { lang?: Lang; strict?: boolean; name?: string }): Program

  /** What its texts say, as data: everything but their layout. */
  toJSON(): { version: 1; language?: Lang; declarations: object[]; comments?: string[] }

  /** The hash of all it says: the same for every layout and in either language. */
  readonly content: string
  /** The hash of what each of its declarations says. */
  readonly contents: readonly Declared[]

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
  scoreBatch(
    name: string | null,
    records: Iterable<AnyRecord>,
    options: ScoreOptions & { contributions: true },
  ): BatchContributions
  scoreBatch(name: string | null, records: Iterable<AnyRecord>, options?: ScoreOptions): BatchScores
  /**
   * A frame as Arrow IPC bytes with its score: bytes of the same format, a stream or a file. Added
   * are a column of the score's name (Int64 if all its points are whole, else Decimal128(28, 4)),
   * `<score>_stars` (Int64) and `<score>_label` (Utf8) where the score declares them, and `errors`
   * (Utf8), which names the values of the wrong type and is null in a row without any. With
   * `{ contributions: true }` the points of each line come before `errors`, as columns
   * `<score>_line_1` and so on of the score's type; the metadata `line` is the line as written.
   * Columns of these names give way. `now` may be the name of a column: then each row has its own clock, and
   * one without a readable clock has a null score and says so in `errors`.
   *
   * `apache-arrow` makes such bytes with `tableToIPC` and reads them with `tableFromIPC`; polars,
   * pyarrow, arquero and DuckDB do too. Bytes compressed with LZ4 or Zstandard are read.
   * @throws {TypeError} with the code `JALON_ARGUMENT` for bytes that are none
   */
  scoreBatch(name: string | null, arrow: ArrowBytes, options?: ScoreOptions): Uint8Array

  /**
   * As {@link Program.scoreBatch}, on another thread. Records are read on this one, a few at a
   * time: the event loop goes on turning. `signal` is looked at between them; of Arrow bytes
   * before and after.
   */
  scoreBatchAsync(
    name: string | null,
    records: Iterable<AnyRecord>,
    options: ScoreOptions & { contributions: true; signal?: AbortSignal },
  ): Promise<BatchContributions>
  scoreBatchAsync(
    name: string | null,
    records: Iterable<AnyRecord>,
    options?: ScoreOptions & { signal?: AbortSignal },
  ): Promise<BatchScores>
  scoreBatchAsync(
    name: string | null,
    arrow: ArrowBytes,
    options?: ScoreOptions & { signal?: AbortSignal },
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

  /**
   * The records on which a criterion, as text or compiled, holds: the same objects, in their order.
   * Of Arrow IPC bytes the frame with those rows only.
   */
  filterBatch<R extends AnyRecord>(criterion: string | Criterion, records: Iterable<R>, options?: MatchOptions): R[]
  filterBatch(criterion: string | Criterion, arrow: ArrowBytes, options?: MatchOptions): Uint8Array

  /** As {@link Program.filterBatch}, on another thread; see {@link Program.scoreBatchAsync}. */
  filterBatchAsync<R extends AnyRecord>(
    criterion: string | Criterion,
    records: Iterable<R>,
    options?: MatchOptions & { signal?: AbortSignal },
  ): Promise<R[]>
  filterBatchAsync(
    criterion: string | Criterion,
    arrow: ArrowBytes,
    options?: MatchOptions & { signal?: AbortSignal },
  ): Promise<Uint8Array>

  /**
   * The reasons of each of many records: of a score, by its name (`null` if there is only one), what
   * {@link Program.score} gives; of a criterion, as text or compiled, what {@link Program.explain}
   * gives. Explaining takes much longer than scoring: filter first.
   *
   * Of Arrow IPC bytes a frame. Of a score it has the columns of {@link Program.scoreBatch}, and
   * `<score>_lines`: for each row the list of the score's lines in source order, each a struct of
   * `line` (as written), `points` (Decimal128(28, 4)), `holds` and `reason` (text; null for a line
   * without a criterion). The list is null where the row has no readable clock, and in strict mode
   * where a value is of the wrong type. Of a criterion: `holds` (boolean) and `reason` (text).
   */
  explainBatch(score: null, records: Iterable<AnyRecord>, options?: ExplainOptions): Score[]
  explainBatch(name: string, records: Iterable<AnyRecord>, options?: ExplainOptions): Score[] | Explanation[]
  explainBatch(criterion: Criterion, records: Iterable<AnyRecord>, options?: ExplainOptions): Explanation[]
  explainBatch(criterionOrScore: string | null | Criterion, arrow: ArrowBytes, options?: ExplainOptions): Uint8Array

  /** As {@link Program.explainBatch}, on another thread; see {@link Program.scoreBatchAsync}. */
  explainBatchAsync(
    score: null,
    records: Iterable<AnyRecord>,
    options?: ExplainOptions & { signal?: AbortSignal },
  ): Promise<Score[]>
  explainBatchAsync(
    name: string,
    records: Iterable<AnyRecord>,
    options?: ExplainOptions & { signal?: AbortSignal },
  ): Promise<Score[] | Explanation[]>
  explainBatchAsync(
    criterion: Criterion,
    records: Iterable<AnyRecord>,
    options?: ExplainOptions & { signal?: AbortSignal },
  ): Promise<Explanation[]>
  explainBatchAsync(
    criterionOrScore: string | null | Criterion,
    arrow: ArrowBytes,
    options?: ExplainOptions & { signal?: AbortSignal },
  ): Promise<Uint8Array>

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

  /** What its rules, scores and blueprints say, as people would read it aloud. */
  say(options?: { lang?: Lang }): Told[]
  /** What a rule says: when, if, then do what. @throws {UnknownNameError} */
  sayRule(name: string, options?: { lang?: Lang }): string
  /** What a score says; `name` may be left out if there is only one. @throws {UnknownNameError} */
  sayScore(name?: string | null, options?: { lang?: Lang }): string
  /** What a blueprint says: its states and transitions. @throws {UnknownNameError} */
  sayBlueprint(name: string, options?: { lang?: Lang }): string

  /**
   * The names of the rules whose condition holds on a record, in declaration order. All rules are asked at
   * once, so their number costs little; where rules are of several modules, `module` says which.
   */
  matching(record: AnyRecord, options?: Clock & { module?: string }): string[]

  /**
   * What an event asks for; nothing of it is done. `now` of the event counts where none is given
   * here. With `users` effects name those in a role or a group; {@link Users} reads them once for
   * many decisions. `trace` tells why each rule fired or did not.
   * @throws {EventError | UsersError | UnknownNameError | ClockError}
   */
  decide(event: Event, options?: Clock & { state?: State; users?: Users | Iterable<User>; trace?: boolean }): Decision

  /**
   * Writes what was decided into a record, which is changed and returned: each new value under the name by
   * which the record carries the field, its label or any other name that is declared of it, in any case; a
   * record that does not carry it gets it under its label. Of a decision it is the changes of its own record;
   * for those of other records give each change with its record.
   */
  write<R extends AnyRecord>(decided: Decision | FieldChange, record: R): R

  /** Sets a field of a record, as {@link Program.write} does: for what a host is told itself. */
  set<R extends AnyRecord>(module: string, record: R, field: string, value: unknown): R

  /**
   * A blueprint under one clock and with one list of users, ready for many calls; without a name, all of
   * them. It has the methods below, which read `now`, `zone` and `users` with each call.
   */
  blueprint(name?: string | null, options?: BlueprintOptions): Blueprint

  /**
   * Lets a record into the blueprint that takes it, if there is one: the first active one of its module
   * whose entry holds and that has the record's state, unless that is an end. A record without a state
   * begins in the default one: the host writes it.
   */
  enter(record: AnyRecord, options?: Clock & { module?: string }): Instance | null

  /**
   * The transitions that leave the state of a record, offered to `by` or not; `why` says why not. Where
   * `users` know the name of `by`, their roles and groups count.
   * @throws {Refused} for an instance that has left its blueprint or runs under another version of it
   */
  available(instance: Instance, record: AnyRecord, options?: BlueprintOptions & { by?: Actor; why?: boolean }): Offer[]

  /** The names of the transitions that `by` may make now. */
  offered(instance: Instance, record: AnyRecord, options?: BlueprintOptions & { by?: Actor }): string[]

  /**
   * Makes a transition; nothing of it is done yet. A draft stands behind what is given. The host saves the
   * instance and the fields, and does what the decision asks for besides.
   * @throws {Refused} with all that stands in the way at once
   */
  fire(
    instance: Instance,
    transition: string,
    given: Given | GivenFields | null | undefined,
    record: AnyRecord,
    options?: BlueprintOptions & FireOptions,
  ): FiredTransition

  /** The same as `fire` where being refused is nothing out of the ordinary: nothing is thrown for it, which is many times faster. */
  tryFire(
    instance: Instance,
    transition: string,
    given: Given | GivenFields | null | undefined,
    record: AnyRecord,
    options?: BlueprintOptions & FireOptions,
  ): FiredTransition | RefusedTransition

  /** What a transition tells and asks for, to be shown before it is made. */
  form(instance: Instance, transition: string, record: AnyRecord, options?: Clock): Form

  /** Keeps what is given so far for a transition; nothing at all drops the draft. */
  saveDraft(
    instance: Instance,
    transition: string,
    given: Given | GivenFields | null | undefined,
    options?: Clock & { by?: Actor },
  ): Instance

  /** What happens to an instance by itself, the earliest first: what is not after `now` is due. */
  steps(instance: Instance, now?: Date | string, options?: { zone?: string }): DueStep[]

  /** Does what has become due: makes an automatic transition, or tells somebody of a deadline. */
  takeStep(
    instance: Instance,
    step: DueStep,
    record: AnyRecord,
    options?: BlueprintOptions & StepOptions,
  ): FiredTransition

  /** Takes a record out of its process: the instance is history from then on. */
  exit(instance: Instance, options?: Clock): Instance

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
  test(options?: Clock & { users?: Users | Iterable<User> }): TestReport

  /**
   * What would come out otherwise with a new program; nothing is done. Each record is created on its own with
   * both programs; all are counted, the first that change are listed with the rule or the line of the score
   * that makes the difference.
   */
  simulate(program: Program, records: Iterable<AnyRecord>, options?: SimulateOptions): Simulation

  /**
   * The picture of a blueprint; `name` may be left out if there is only one.
   * @throws {UnknownNameError}
   */
  picture(name?: string | null): Picture

  /**
   * Replays a log, a row for each state that a case reached, through a blueprint: which moves it
   * accepts, which it refuses and why. Within a case rows are put in the order of their times.
   * @throws {UnknownNameError}
   */
  replay(log: Iterable<AnyRecord>, options: ReplayOptions): Replay

  /** The content of a blueprint, by which its instances know it again. */
  blueprintContent(name: string): string

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

/** What one declaration says. */
export interface Told {
  readonly kind: 'rule' | 'score' | 'blueprint'
  readonly name: string
  readonly text: string
}

/** A compiled criterion: immutable. */
export class Criterion {
  private constructor()
  /** As written, or the name of its rule. */
  readonly text: string
  /** Its warnings and notes; a criterion with errors does not compile. */
  readonly diagnostics: readonly Diagnostic[]
  /** Whether it needs `now`. */
  readonly readsClock: boolean
  /** What it says, as people would read it aloud; in the program's language by default. */
  sentence(options?: { lang?: Lang }): string
  /** Whether it holds. It does not where a value it reads is of the wrong type. */
  matches(record: AnyRecord, options?: Clock): boolean
  /** Why it holds or does not. */
  explain(record: AnyRecord, options?: Clock & { lang?: Lang }): Explanation
  /**
   * The criterion in another form, as the data of its JSON; fields go by their first API name, or
   * by their label. A criterion is carried whole or not at all.
   * @throws {LeftOutError} with everything that the form does not have
   */
  export(form: CriterionForm, options?: { names?: 'api' | 'label' }): unknown
  /**
   * The criterion as the `WHERE` of a query: it selects the rows on which the criterion holds, no
   * more and no fewer.
   * @throws {LeftOutError} with everything that the database cannot say
   */
  toSql(dialect: SqlDialect, options?: SqlOptions): SqlClause
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

export interface ScoreOptions extends BatchOptions {
  /** Whether the points of each line are worked out, too. */
  contributions?: boolean
}

/** All rows are explained by one thread. */
export interface ExplainOptions extends Clock {
  /** The module of a criterion given as text, where the program has several. */
  module?: string
  /** The language of the reasons; that of the program by default. */
  lang?: Lang
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

/** The scores of many records with the points of each line. */
export interface BatchContributions extends BatchScores {
  /** In source order. */
  readonly lines: readonly LinePoints[]
}

export interface LinePoints {
  /** The line as written. */
  readonly text: string
  /** The number nearest to the points it gave to each record, after its cap. */
  readonly points: Float64Array
}
