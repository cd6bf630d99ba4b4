// The language-neutral cases of tests/vectors, as records of a batch and as rows of a frame.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Bool, DataType, Field, Float64, List, Struct, Table, tableFromIPC, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow'
import * as jalon from 'jalon'
import { vectors } from './vectors.js'

/** The record as a row of an Arrow table three rows long, with no column named as the score. */
function framed({ record, score }) {
  const named = Object.entries(record).map(([name, value]) => [name === score ? name.toUpperCase() : name, value])
  // Arrow has no rows without columns.
  const columns = named.length > 0 ? named : [['-', 0]]
  return tableToIPC(new Table(Object.fromEntries(columns.map(([name, value]) => [name, columnOf([value, value, value])]))))
}

/** A column of values as JSON gives them; nulls of any depth. */
function columnOf(values) {
  return vectorFromArray(values, typeOf(values))
}

/** The type of all of some values; several in one list are what no column holds. */
function typeOf(values) {
  const some = values.filter((value) => value !== null && value !== undefined)
  const kinds = new Set(some.map((value) => (Array.isArray(value) ? 'list' : typeof value)))
  if (kinds.size > 1) throw new Mixed()
  const field = (name, values) => new Field(name, typeOf(values), true)
  switch ([...kinds][0]) {
    case undefined: return new Utf8()
    case 'string': return new Utf8()
    case 'boolean': return new Bool()
    case 'number': return new Float64()
    case 'list': return new List(field('item', some.flat()))
    case 'object': {
      const names = new Set(some.flatMap(Object.keys))
      return new Struct([...names].map((name) => field(name, some.map((value) => value[name]))))
    }
  }
}

class Mixed extends Error {}

/** The same record as rows of each kind, by `scoreBatch`. */
async function checkScoreRows(program, expected, clock) {
  const { score, record, errors = 0 } = expected
  const total = Number(expected.total)
  const answers = [program.scoreBatch(score, [record, record], { ...clock, contributions: true })]
  answers.push(await program.scoreBatchAsync(score, [record, record], { ...clock, contributions: true }))
  for (const columns of answers) {
    assert.deepEqual([...columns.total], [total, total])
    assert.equal(columns.errors.get(1)?.length ?? 0, errors)
    if ('stars' in expected) assert.equal(columns.stars[1], expected.stars)
    if ('label' in expected) assert.equal(columns.label[1], expected.label)
    for (const [text, points] of Object.entries(expected.lines ?? {})) {
      const line = columns.lines.find((line) => line.text === text)
      assert.deepEqual([...line.points], [Number(points), Number(points)], text)
    }
  }
  const [told] = program.explainBatch(score, [record], clock)
  assert.deepEqual(told.toJSON(), program.score(score, record, clock).toJSON())

  const bytes = framed(expected)
  const tables = [program.scoreBatch(score, bytes, { ...clock, contributions: true })]
  tables.push(await program.scoreBatchAsync(score, bytes, { ...clock, contributions: true }))
  for (const table of tables.map((scored) => tableFromIPC(scored))) {
    const get = (suffix) => decimal(column(table, `${score}${suffix}`), 1)
    assert.equal(get(''), Number(total.toFixed(4)), 'a column has four places')
    assert.equal(table.getChild('errors').get(1) !== null, errors > 0)
    if ('stars' in expected) assert.equal(get('_stars') ?? null, expected.stars)
    if ('label' in expected) assert.equal(get('_label') ?? null, expected.label)
    const fields = table.schema.fields.filter(({ metadata }) => metadata.has('line'))
    for (const [text, points] of Object.entries(expected.lines ?? {})) {
      const field = fields.find(({ metadata }) => metadata.get('line') === text)
      assert.equal(decimal(table.getChild(field.name), 1), Number(points), text)
    }
  }
}

/** A column by its name, in which case does not count; those that were added come last. */
function column(table, name) {
  const field = table.schema.fields.findLast((field) => field.name.toLowerCase() === name.toLowerCase())
  return field && table.getChild(field.name)
}

/** A value of a column; of a decimal or a big integer the number. */
function decimal(column, row) {
  const value = column?.get(row)
  if (value === null || value === undefined || typeof value === 'string') return value
  return DataType.isDecimal(column.type) ? Number(signed(value)) / 10 ** column.type.scale : Number(value)
}

/** A decimal's four words as one integer. */
const signed = (words) => BigInt.asIntN(128, words.reduceRight((all, word) => (all << 32n) | BigInt(word), 0n))

/** Likewise of a criterion, by `matchBatch`, `filterBatch` and `explainBatch`. */
async function checkCriterionRows(program, text, { record, holds, module }, clock) {
  const options = { ...clock, module }
  const pair = [record, { ...record }]
  assert.deepEqual(program.matchBatch(text, pair, options), [holds, holds], text)
  assert.deepEqual(await program.matchBatchAsync(text, pair, options), [holds, holds], text)
  assert.equal(program.filterBatch(text, pair, options)[1], holds ? pair[1] : undefined, text)
  const [why] = program.explainBatch(program.criterion(text, { module }), pair, clock)
  assert.equal(why.holds, holds, text)

  const bytes = framed({ record })
  const held = [program.matchBatch(text, bytes, options), await program.matchBatchAsync(text, bytes, options)]
  for (const matched of held) assert.deepEqual([...tableFromIPC(matched).getChild('matches')], [holds, holds, holds], text)
  assert.equal(tableFromIPC(program.filterBatch(text, bytes, options)).numRows, holds ? 3 : 0, text)
}

async function checkRows(file, expected, unframed) {
  const { module, now, zone } = { ...file, ...expected }
  const program = jalon.parse((expected.program ?? file.program ?? []).join('\n'))
  try {
    if ('score' in expected) await checkScoreRows(program, expected, { now, zone })
    for (const text of 'holds' in expected ? [expected.criterion].flat() : []) {
      await checkCriterionRows(program, text, { ...expected, module }, { now, zone })
    }
  } catch (thrown) {
    if (!(thrown instanceof Mixed)) throw thrown
    unframed.push(expected)
  }
}

test('vectors as rows', { skip: vectors.length === 0 && 'there are no vectors here' }, async (t) => {
  const unframed = []
  for (const { name, file } of vectors) {
    await t.test(name, async (t) => {
      for (const [index, expected] of file.cases.entries()) {
        if (!('record' in expected)) continue
        const title = [expected.criterion ?? expected.score].flat()[0]
        await t.test(`${index}: ${title}`, () => checkRows(file, expected, unframed))
      }
    })
  }
  assert.equal(unframed.length, 1, 'the only record that no frame holds')
})
