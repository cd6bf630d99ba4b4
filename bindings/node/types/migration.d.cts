import type { Lang, Program } from '../index.cjs'
import type { Instance } from './blueprint.cjs'

/** Where old states lead: to a state, `null` out of the process; those of one blueprint in a map of their own. */
export interface StateMap {
  readonly [state: string]: string | null | { readonly [state: string]: string | null }
}

/** What becomes of an instance. */
export interface Fate {
  readonly fate: 'kept' | 'moved' | 'out' | 'refused'
  /** Of `kept`: its blueprint has not changed. */
  readonly unchanged?: boolean
  /** Of `moved`: the state in which it goes on, and the field of the record to be written. */
  readonly to?: string
  readonly field?: string
  /** Of `out` and `refused`: why, and what may be meant instead. */
  readonly because?:
    | 'blueprint_gone'
    | 'inactive'
    | 'mapped'
    | 'state_gone'
    | 'other_content'
    | 'several_of_this_name'
  readonly near?: string
  /** The new name of its blueprint, where that is another. */
  readonly renamed?: string
}

/** What an instance loses of a draft or a parallel transition. */
export interface Loss {
  readonly lost: 'draft' | 'given' | 'progress' | 'child'
  readonly transition: string
  /** What else is known of it. */
  readonly [key: string]: unknown
}

/** Instances of one blueprint in one state. */
export interface MigrationGroup extends Fate {
  readonly blueprint: string
  /** The content under which they run. */
  readonly content: string
  readonly state: string
  readonly count: number
  /** What some of them lose, with how many. */
  readonly losses?: readonly (Loss & { readonly count: number })[]
}

/** What becomes of instances under a new program; nothing is done before {@link MigrationPlan.apply}. */
export class MigrationPlan {
  private constructor()
  /** How many there are; each is kept, moved, out or refused. */
  readonly instances: number
  /** How many stay in their state, and how many of those have a blueprint that has not changed. */
  readonly kept: number
  readonly unchanged: number
  readonly moved: number
  readonly out: number
  readonly refused: number
  readonly groups: readonly MigrationGroup[]
  /** What changes of each blueprint, where the old program is known. */
  readonly changes: readonly { readonly blueprint: string; readonly [key: string]: unknown }[]
  /** The plan for people; in the language of the new program by default. */
  report(lang?: Lang): string
  toString(): string
  /** The plan as plain data. */
  toJSON(): object
  /** What becomes of one instance: an {@link Instance}, or its data. */
  step(instance: Instance | object): Fate & { readonly lost?: readonly Loss[] }
  /**
   * The instance under the new program; `null` where it leaves its process.
   * @throws {MigrationError} where it cannot go on
   */
  apply(
    instance: Instance | object,
    options: { now: Date | string; zone?: string; by?: string | null },
  ): Instance | null
}

/**
 * What becomes of instances that were started under `old`, under `program`. Without `old`, what
 * the instances say counts. `renamed` leads from old names of blueprints to new ones.
 * @throws {MigrationError} for a map that names what is not there
 */
export function migrationPlan(
  old: Program | null,
  program: Program,
  instances: Iterable<Instance | object>,
  options?: { map?: StateMap; renamed?: { readonly [name: string]: string } },
): MigrationPlan
