'use strict'

const { diagnostics } = require('./diagnostics.cjs')
const { obstacles } = require('./obstacle.cjs')
const { plain } = require('./plain.cjs')

/** What every error of this package is: a stable `code`, and the findings where there are any. */
class JalonError extends Error {
  constructor(message, { code = 'JALON_INTERNAL', diagnostics = [], ...details } = {}) {
    super(message)
    this.code = code
    this.diagnostics = diagnostics
    Object.assign(this, details)
  }

  get name() {
    return this.constructor.name
  }
}

/** A text has errors: all of them are in `diagnostics`, and the message shows each in its place. */
class ProgramError extends JalonError {}
/** A text that cannot be read. */
class SyntaxError extends ProgramError {}
/** A text that reads well and means nothing: an unknown field, an operator its type does not have. */
class CheckError extends ProgramError {}
/** JSON that is none of a program: `pointer` says where. */
class FormError extends JalonError {}
/** A score, rule or module that the program does not have, or that must be named. */
class UnknownNameError extends JalonError {}
/** The program reads the clock and none was given, or it cannot be read. */
class ClockError extends JalonError {}
/** Strict mode: a value of the wrong type or an absent field; `problems` names them. */
class RecordError extends JalonError {}
/** The reasons were asked for after the record had changed. */
class RecordChangedError extends JalonError {}

/** An event that cannot be read: a key is missing or unknown. */
class EventError extends JalonError {}
/** What is asked of a record's process cannot be: `obstacles` tells all that stands in the way. */
class Refused extends JalonError {}
/** A text that is no state or no instance, or one of a newer version. */
class StateError extends JalonError {}
/** A map of states that names what is not there, or an instance that cannot be migrated. */
class MigrationError extends JalonError {}
/** Users that cannot be read: a key is unknown, a name missing or there twice. */
class UsersError extends JalonError {}

/** A criterion that another form cannot hold, or that Jalon cannot: `leftOut` tells all of it. */
class LeftOutError extends JalonError {}

const CLASSES = {
  JALON_SYNTAX: SyntaxError,
  JALON_CHECK: CheckError,
  JALON_FORM: FormError,
  JALON_UNKNOWN: UnknownNameError,
  JALON_AMBIGUOUS: UnknownNameError,
  JALON_CLOCK: ClockError,
  JALON_RECORD: RecordError,
  JALON_RECORD_CHANGED: RecordChangedError,
  JALON_EVENT: EventError,
  JALON_STATE: StateError,
  JALON_REFUSED: Refused,
  JALON_MIGRATION: MigrationError,
  JALON_USERS: UsersError,
  JALON_ARGUMENT: TypeError,
}

/** Marks the errors that the native side describes as JSON. */
const PREFIX = 'jalon:'

/** The error for users of what the native side threw; anything else as it is. */
function lift(thrown) {
  if (!(thrown instanceof Error) || !thrown.message.startsWith(PREFIX)) return thrown
  const { message, ...details } = JSON.parse(thrown.message.slice(PREFIX.length))
  const { lang } = details
  if (details.problems) details.problems = plain(details.problems, lang)
  if (details.obstacles) details.obstacles = obstacles(details.obstacles, lang)
  delete details.lang
  if (details.diagnostics) details.diagnostics = diagnostics(details.diagnostics)
  const Class = CLASSES[details.code] ?? JalonError
  return Class === TypeError
    ? Object.assign(new TypeError(message), { code: details.code })
    : new Class(message, details)
}

/** Runs a native call; what it throws is an error for users. */
function guard(call) {
  try {
    return call()
  } catch (thrown) {
    throw lift(thrown)
  }
}

module.exports = {
  JalonError,
  ProgramError,
  SyntaxError,
  CheckError,
  UnknownNameError,
  ClockError,
  RecordError,
  RecordChangedError,
  EventError,
  FormError,
  StateError,
  Refused,
  UsersError,
  MigrationError,
  LeftOutError,
  guard,
  lift,
}
