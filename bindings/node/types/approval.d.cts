import type { RecordKey } from './workflow.cjs'

/** What somebody answers. */
export type Verdict = 'approve' | 'reject'

/** Where a request stands. */
export type ApprovalStatus = 'pending' | 'approved' | 'rejected' | 'recalled'

/** A request for approval that has changed, as it is from now on. */
export interface ApprovalChange {
  readonly record: RecordKey
  /** The approval's name. */
  readonly approval: string
  readonly status: ApprovalStatus
  /** The level that is asked, from 1; of one that has ended, the last that was; 0 is none. */
  readonly level: number
  /** Since when that level is asked. */
  readonly since: Date
  /** Until when it may answer. */
  readonly due: Date | null
  /** Who submitted the record; `null` is by itself. */
  readonly by: string | null
  /** When. */
  readonly submitted: Date
  /** How many of the level must agree. */
  readonly quorum: 'one' | 'majority' | 'all'
  /** Those who are asked on that level. */
  readonly seats: readonly Seat[]
  /** The votes of that level that were handed over; `seats` by their place. */
  readonly delegations: readonly { readonly from: string; readonly to: string; readonly seats: readonly number[] }[]
  /** Everything that has happened, in earlier requests of the record for the same approval too. */
  readonly history: readonly ApprovalEntry[]
}

/** Somebody who is asked: a user, or any one of several. */
export interface Seat {
  readonly kind: 'user' | 'role' | 'group' | 'profile'
  readonly who: string
  /** Whether the level was escalated to them. */
  readonly escalated: boolean
  /** The answer, once there is one. */
  readonly vote: { readonly by: string; readonly verdict: Verdict } | null
}

/** Something that has happened to a request. */
export interface ApprovalEntry {
  readonly at: Date
  /** The level that was asked then; 0 is none. */
  readonly level: number
  /** By whom; `null` is by itself. */
  readonly by: string | null
  readonly act:
    | 'submitted'
    | 'skipped'
    | 'asked'
    | 'voted'
    | 'delegated'
    | 'reminded'
    | 'escalated'
    | 'lapsed'
    | 'ended'
  /** Of `voted` and `lapsed`. */
  readonly verdict: Verdict | null
  /** Of `delegated`: to whom. */
  readonly to: string | null
  /** Of `ended`: how. */
  readonly status: ApprovalStatus | null
  readonly comment: string | null
}
