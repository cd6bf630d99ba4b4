// The same module for `import`: one copy of the classes, so that `instanceof` holds everywhere.
import jalon from './index.cjs'

export const {
  load,
  parse,
  criterion,
  Program,
  Criterion,
  Score,
  Explanation,
  JalonError,
  ProgramError,
  SyntaxError,
  CheckError,
  UnknownNameError,
  ClockError,
  RecordError,
  RecordChangedError,
  EventError,
  StateError,
  UsersError,
  State,
  Rehearsal,
  Template,
  Picture,
  Users,
  perform,
  performAsync,
} = jalon

