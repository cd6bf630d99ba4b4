import type { Clock, Lang, Program } from '../index.cjs'
import type { LeftOut } from './errors.cjs'

/** Other people's forms of criteria. */
export type CriterionForm = 'querybuilder' | 'zoho' | 'pattern' | 'jsonlogic'

export interface ImportOptions {
  /** The program that it is for: names that it declares are told from texts. */
  program?: Program
  /** The module, where there are several. */
  module?: string
  /** The language of keywords; by default that of the program, else English. */
  lang?: Lang
}

/** Rules from another form, as text, and what is not in them. */
export interface ImportedRules {
  readonly text: string
  readonly leftOut: readonly LeftOut[]
}

/** The databases that a criterion is written for. */
export type SqlDialect = 'sqlite' | 'postgres' | 'duckdb'

export interface SqlOptions extends Clock {
  /**
   * What is known of the texts in the columns: `any`, which functions fold (see `sqlFunctions`);
   * printable `ascii`; or `folded` as `fold` gives them.
   */
  texts?: 'any' | 'ascii' | 'folded'
  /** Where a field stands, as SQL; two columns for a reference by id and name. */
  columns?: Readonly<Record<string, string | readonly string[]>>
  /** Which of their names the columns of other fields have; the first API name by default. */
  names?: 'api' | 'label'
  /** `$1` rather than `?`, as PostgreSQL has it by default. */
  numbered?: boolean
}

/** What stands after `WHERE`, and its parameters: dates, instants and exact numbers as text. */
export interface SqlClause {
  readonly sql: string
  readonly params: readonly (string | number)[]
}

/** A function that a clause calls. */
export interface SqlFunction {
  readonly name: string
  /** Whether case counts, and whether accents do not. */
  readonly caseSensitive: boolean
  readonly ignoringAccents: boolean
  /** The statement that creates it; in SQLite none: there the host registers `fold`. */
  readonly definition?: string
}

/** The functions by which clauses compare texts. */
export function sqlFunctions(dialect: SqlDialect): readonly SqlFunction[]

/** A text as criteria compare it. */
export function fold(text: string, options?: { caseSensitive?: boolean; ignoringAccents?: boolean }): string

/**
 * A criterion of another form as text; `value` is its JSON, as data or as text. A criterion is
 * carried whole or not at all.
 * @throws {LeftOutError} with everything that cannot be carried, and its place
 */
export function importCriterion(form: CriterionForm, value: unknown, options?: ImportOptions): string

/**
 * The rules of a text of another form: workflow rules of Salesforce's metadata, as XML. A rule is
 * carried when its trigger and its whole criterion are; actions that are not are noted above it.
 */
export function importRules(
  form: 'salesforce',
  text: string,
  options?: ImportOptions & { inactive?: boolean },
): ImportedRules
