'use strict'

const native = require('../native.cjs')
const { list } = require('./batch.cjs')
const { guard } = require('./errors.cjs')
const { Instance, instanceOf, textOf } = require('./instance.cjs')
const { argument, clock, lang, options, orNull } = require('./options.cjs')
const { plain } = require('./plain.cjs')
const { programOf } = require('./state.cjs')

/** What only this module makes plans with. */
const OWN = Symbol('own')

/** What becomes of instances under a new program; nothing is done before `apply`. */
class MigrationPlan {
  #native
  #lang
  #form
  #reports

  constructor(own, migration, spoken, planned) {
    argument(own === OWN, 'a plan is what migrationPlan gives')
    this.#native = migration
    this.#lang = spoken
    this.#form = plain(JSON.parse(planned.plan))
    this.#reports = { fr: planned.fr, en: planned.en }
    const { instances, kept, unchanged, moved, out, refused, groups, changes = [] } = this.#form
    Object.assign(this, { instances, kept, unchanged, moved, out, refused, groups, changes })
    Object.freeze(this)
  }

  report(asked) {
    return this.#reports[lang(asked) ?? this.#lang]
  }

  toString() {
    return this.report()
  }

  toJSON() {
    return this.#form
  }

  step(instance) {
    return plain(JSON.parse(guard(() => this.#native.step(written(instance)))))
  }

  apply(instance, given) {
    const { by, ...rest } = options(given, ['now', 'zone', 'by'])
    orNull(by, 'by')
    const { now, zone } = clock(rest)
    const migrated = guard(() => this.#native.apply(written(instance), now, zone, by ?? undefined))
    return migrated ? instanceOf(migrated) : null
  }
}

/** An instance, or what `JSON.stringify` makes of one, as text. */
function written(instance) {
  if (instance instanceof Instance) return textOf(instance)
  argument(typeof instance === 'object' && instance !== null, 'an instance must be an Instance or its data')
  return JSON.stringify(instance)
}

/** What becomes of instances that were started under `old`, under `new`. */
function migrationPlan(old, program, instances, given) {
  const { map = {}, renamed = {} } = options(given, ['map', 'renamed'])
  argument(typeof map === 'object' && map !== null, 'map must be an object of states by name')
  argument(typeof renamed === 'object' && renamed !== null, 'renamed must be an object of names by name')
  const before = old === null || old === undefined ? undefined : programOf(old).native
  const { native: after, lang: spoken } = programOf(program)
  const texts = list(instances, 'instances').map(written)
  return guard(() => {
    const migration = new native.Migration(before, after, JSON.stringify(map), JSON.stringify(Object.entries(renamed)))
    return new MigrationPlan(OWN, migration, spoken, migration.plan(texts))
  })
}

module.exports = { MigrationPlan, migrationPlan }
