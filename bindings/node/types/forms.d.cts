import type { Lang, Program } from '../index.cjs'
import type { LeftOut } from './errors.cjs'

/** Other people's forms of criteria. */
export type CriterionForm = 'querybuilder' | 'zoho' | 'pattern'

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
