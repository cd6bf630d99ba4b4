'use strict'

const { fileURLToPath } = require('node:url')
const native = require('./native.cjs')
const { guard, lift: _lift, ...errors } = require('./lib/errors.cjs')
const { argument, lang, options, text } = require('./lib/options.cjs')
const { Blueprint, Given, Instance } = require('./lib/blueprint.cjs')
const { Criterion } = require('./lib/criterion.cjs')
const { Diff, diff } = require('./lib/diff.cjs')
const { perform, performAsync } = require('./lib/decision.cjs')
const { importCriterion, importRules } = require('./lib/forms.cjs')
const { MigrationPlan, migrationPlan } = require('./lib/migration.cjs')
const { Picture } = require('./lib/picture.cjs')
const { Program } = require('./lib/program.cjs')
const { Rehearsal } = require('./lib/rehearsal.cjs')
const { discover } = require('./lib/replay.cjs')
const { Explanation, Score } = require('./lib/results.cjs')
const { State } = require('./lib/state.cjs')
const { Template } = require('./lib/template.cjs')
const { Users } = require('./lib/users.cjs')

/** Loads a program from a file, several files, or a folder of `.jalon` files. */
function load(paths, given) {
  const asked = options(given, ['lang', 'strict'])
  const all = Array.isArray(paths) ? paths : [paths]
  argument(all.length > 0, 'there is no path to load')
  const files = all.map((path) => (path instanceof URL ? fileURLToPath(path) : text(path, 'path')))
  return new Program(guard(() => native.load(files, lang(asked.lang), Boolean(asked.strict))))
}

/** Compiles a program from its text. */
function parse(source, given) {
  const asked = options(given, ['lang', 'strict', 'name'])
  const name = asked.name === undefined ? undefined : text(asked.name, 'name')
  return new Program(guard(() => native.parse(text(source, 'text'), name, lang(asked.lang), Boolean(asked.strict))))
}

/** Compiles one criterion; without a program its fields take the type of their values. */
function criterion(source) {
  return new Criterion(guard(() => native.criterion(text(source, 'criterion'))), source)
}

module.exports = {
  load,
  parse,
  criterion,
  diff,
  discover,
  importCriterion,
  importRules,
  migrationPlan,
  perform,
  performAsync,
  Program,
  Criterion,
  Score,
  Explanation,
  State,
  Blueprint,
  Given,
  Instance,
  Rehearsal,
  Template,
  Picture,
  MigrationPlan,
  Diff,
  Users,
  ...errors,
}
