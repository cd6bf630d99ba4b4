import type { Lang } from '../index.cjs'

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

/** The score of one record. */
export class Score implements Total {
  private constructor()
  readonly name: string
  readonly total: number
  readonly totalText: string
  readonly stars: number | null
  readonly label: string | null
  readonly errors: readonly Problem[]
  /** The hash of what the score says, by which its rules are found again. */
  readonly content: string
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
  /** The hash of what the criterion says. */
  readonly content: string
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
  /** What is wrong with it; in the language of the program by default. */
  message(lang?: Lang): string
  toString(): string
}

export interface Source {
  readonly name: string
  readonly text: string
}
