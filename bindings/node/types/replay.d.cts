import type { AnyRecord, Lang } from '../index.cjs'
import type { Figures } from './picture.cjs'

/** The columns of a log: each row says which state a case reached. */
export interface LogColumns {
  /** The column of the case. */
  case: string
  /** The column of the state, or of the activity. */
  state: string
  /** The column of the time: dates, milliseconds or ISO texts, local to `zone` without an offset. */
  time?: string
  zone?: string
  lang?: Lang
}

export interface ReplayOptions extends LogColumns {
  /** The blueprint's name, where there are several. */
  blueprint?: string
  /** The column of the transition. */
  transition?: string
  /** The column of who made it. */
  by?: string
  /** What the names in the log are; without it the names tell. */
  reading?: 'states' | 'transitions'
}

export interface DiscoverOptions extends LogColumns {
  /** The blueprint's name. */
  name?: string
  /** The module that it governs. */
  module?: string
  /** The field that holds the state; the name of the column by default. */
  field?: string
  /** Moves that happen less often are left out. */
  minCount?: number
}

/** How long something took, as often as that is known: in seconds, `null` where it never is. */
export interface Times {
  readonly timed: number
  readonly medianSeconds: number | null
  readonly p90Seconds: number | null
}

/** What a log says of a state. */
export interface StateReplay extends Times {
  readonly state: string
  readonly role: 'open' | 'closed' | 'won' | 'lost' | 'final'
  /** Whether cases are to begin here. */
  readonly default: boolean
  /** How often it was reached, and by how many cases. */
  readonly entries: number
  readonly cases: number
  /** How many cases stand in it at the end of the log. */
  readonly last: number
  /** Of its cases, how many were won, lost or otherwise finished in the end. */
  readonly won: number
  readonly lost: number
  readonly finished: number
  /** Of all cases. */
  readonly share: number
  /** Of its cases. */
  readonly wonShare: number
  readonly lostShare: number
  readonly finishedShare: number
}

/** What a log says of a transition. */
export interface TransitionReplay extends Times {
  readonly transition: string
  /** The parallel transition of which it is a child. */
  readonly childOf?: string
  /** How often it was made from each state that it leaves. */
  readonly from: readonly { readonly state: string; readonly count: number }[]
  readonly to: string
  /** How many moves it accounts for, and for how many of these another one does as well. */
  readonly count: number
  readonly shared: number
  /** How many moves were refused that are put down to it. */
  readonly refused: number
  /** How many came before it was due. */
  readonly early: number
}

/** Moves that are refused for one reason. */
export interface ReplayRefusal {
  readonly from: string
  /** Left out where the log names only a transition. */
  readonly to?: string
  readonly transition?: string
  readonly reason:
    | 'no_transition'
    | 'end_left'
    | 'unknown_state'
    | 'other_transition'
    | 'unknown_transition'
    | 'not_from_here'
    | 'done_already'
    | 'not_owner'
  /** Why, in words. */
  readonly message: string
  readonly count: number
  /** A case in which it happened. */
  readonly case: string
}

/** What a blueprint makes of a log, as plain data. */
export interface Replay {
  /** How many moves it accepts, and how many it refuses. */
  readonly accepted: number
  readonly refused: number
  readonly blueprint: string
  /** What the names in the log were taken for. */
  readonly reading: 'states' | 'transitions'
  readonly events: number
  readonly cases: number
  /** How many cases begin where they should and make no move that is refused. */
  readonly conforming: number
  /** How many cases stand in an end. */
  readonly finished: number
  /** How many different ways cases go. */
  readonly variants: number
  /** How many cases had rows that were not in the order of their times. */
  readonly reordered: number
  /** How many automatic moves came before they were due. */
  readonly early: number
  /** Where cases begin. */
  readonly begins: readonly { readonly state: string | null; readonly cases: number; readonly default: boolean }[]
  readonly states: readonly StateReplay[]
  readonly transitions: readonly TransitionReplay[]
  /** From where to where. */
  readonly moves: readonly (Times & {
    readonly from: string
    readonly to: string
    readonly accepted: number
    readonly refused: number
    readonly transitions: readonly string[]
  })[]
  readonly refusals: readonly ReplayRefusal[]
  /** Names in the log that are none of the blueprint. */
  readonly unknown: readonly { readonly name: string; readonly events: number }[]
  /** What {@link Picture.with} writes on the picture of the blueprint. A copy does not have it. */
  figures(): Figures
}

/**
 * The blueprint that a log implies, as text: one that accepts every move of it. Each value of
 * `state` becomes a state, the one in which most cases begin the default, those never left ends.
 * It is English, or French with `{ lang: 'fr' }`.
 * @throws {TypeError} with the code `JALON_ARGUMENT` for a log that implies none
 */
export function discover(log: Iterable<AnyRecord>, options: DiscoverOptions): string
