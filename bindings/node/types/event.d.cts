import type { AnyRecord } from '../index.cjs'
import type { Actor, GivenFields } from './blueprint.cjs'

interface EventBase {
  /** The host's; effects carry it. */
  id: string | number
  module?: string
  /** The record's id; its field `id` by default. */
  record_id?: string | number
  /** When it happened; counts where no `now` is given beside the event. */
  now?: Date | string
  /** Records that the record refers to or lists, by module, each with an `id`. */
  related?: { [module: string]: readonly AnyRecord[] }
}

/** What is given for a transition; a `Given` is one. */
export interface GivenData {
  fields?: GivenFields
  note?: string | null
  attachments?: readonly string[]
  /** The items that were ticked. */
  ticked?: readonly string[]
  /** The ids of records to associate, by module. */
  records?: { readonly [module: string]: readonly (string | number)[] }
}

/** A transition: its name, what is given for it, and who acts. */
interface OnItsWay {
  transition: string
  given?: GivenData | null
  by?: Actor
  record: AnyRecord
}

/** An approval: its name, who acts, and what is said with it. */
interface OfApproval {
  approval: string
  by?: Actor
  comment?: string
  record: AnyRecord
}

/** What happened, with the record as it is now. */
export type Event = EventBase &
  (
    | { type: 'created' | 'deleted' | 'arm'; record: AnyRecord }
    /** `after` may hold only what changes. */
    | { type: 'updated' | 'field'; before: AnyRecord; after: AnyRecord }
    | { type: 'updated' | 'field'; record: AnyRecord; changes: AnyRecord }
    /** `activity`: the event type, as its id or its label. */
    | { type: 'activity'; activity: string; record: AnyRecord }
    /** `rule`: whose button was pressed. */
    | { type: 'manual'; rule: string; record: AnyRecord }
    /** `timer`: the id of the timer that is due. */
    | { type: 'due'; timer: string; record: AnyRecord }
    /** `schedule`: which one took the record. */
    | { type: 'scheduled'; schedule: string; record: AnyRecord }
    /** A record that was there before its rules: its timers are armed. */
    | { type: 'arm'; record: AnyRecord }
    /** A transition of a blueprint is made. */
    | ({ type: 'transition' } & OnItsWay)
    /** What is given for one is kept until it is made. */
    | ({ type: 'draft' } & OnItsWay)
    /** The record is taken out of its blueprint. */
    | { type: 'exit'; record: AnyRecord; by?: Actor }
    /** A request for approval is answered. */
    | ({ type: 'vote'; verdict: 'approve' | 'reject' } & OfApproval)
    /** A vote is handed to another. */
    | ({ type: 'delegate'; to: string } & OfApproval)
    /** The record is submitted, or a request taken back. */
    | ({ type: 'submit' | 'recall' } & OfApproval)
    /** Time has passed: what is due is taken care of until now. */
    | { type: 'tick' }
  )
