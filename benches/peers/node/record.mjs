// One JS object at a time: score and fired rules, `score * 64 + bits of the rules`.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { byLead } from './contender.mjs'

const STRICT = 'case-sensitive'
const FOLDED = 'case-folding'
const require = createRequire(import.meta.url)
const version = (name) =>
  JSON.parse(readFileSync(join('node_modules', name, 'package.json'), 'utf8')).version

/** The groups of contenders, each made when it is called. */
export async function groups(data, job, jalonPath) {
  const lines = readFileSync(join(data, 'leads.ndjson'), 'utf8').trimEnd().split('\n')
  const leads = lines.map((line) => JSON.parse(line))
  const read = (name) => readFileSync(join(job, name), 'utf8')
  const points = JSON.parse(read('points.json'))
  // what a condition that holds adds to the answer: points of a line, the bit of a rule
  const worth = [...points.map((p) => p * 64), ...Array.from({ length: 6 }, (_, bit) => 1 << bit)]
  const given = { leads, read, worth, job, jalonPath }
  return {
    'hand-written JS': () => byHand(given),
    Jalon: () => jalon(given),
    'json-logic-engine': () => jsonLogicEngine(given),
    'json-logic-js': () => jsonLogicJs(given),
    'zen-engine': () => zen(given),
    'json-rules-engine': () => jsonRulesEngine(given),
  }
}

function byHand({ leads }) {
  const hand = (question, answer) =>
    byLead('hand-written JS', process.version, question, 'object', leads, answer)
  return [hand(STRICT, strict), hand(FOLDED, folding)]
}

function strict(lead) {
  let score = 0
  let fired = 0
  const { email, first_page: page, status, industry, title, opt_out: optOut } = lead
  const { country, postcode, created, amount } = lead
  const called = lead.phone !== null || lead.mobile !== null
  if (email !== null) {
    score += 25
    if (lead.next_push !== null && lead.next_push < '2026-01-01') fired |= 8
  }
  if (page !== null) {
    if (page.includes('pricing') || page.includes('demo') || page.includes('contact')) score += 15
    if (page.includes('unsubscribe')) score -= 40
    if (page.startsWith('https://shop.')) {
      score += 10
      if (lead.last_name !== null && created !== null && created >= '2026-03-01') fired |= 32
    }
  }
  if (status !== null) {
    if (status.includes('Click')) {
      score += 30
      if (amount !== null && amount > 5000) fired |= 1
    }
    if (status.includes('Open')) score += 12
    if (status === 'Opted out' || status === 'Unsubscribed' || status === 'Complaint') score -= 200
  }
  if (industry !== null) {
    score += 8
    if (industry === 'Student' || industry === 'Research' || industry === 'Spam') score -= 100
  }
  if (title !== null) {
    const director = title.includes('Director')
    if (director || title.includes('Manager') || title.includes('Gérant')) score += 20
    if ((director || title.includes('Chief')) && industry !== 'Student' && industry !== 'Spam') fired |= 16
  }
  if (optOut === true) score -= 500
  if (called) {
    score += 5
    if (optOut !== true && status !== 'Complaint') fired |= 4
  }
  if (amount !== null && amount >= 10000 && created !== null && created >= '2026-04-01' && created <= '2026-06-30') {
    score += 35
  }
  if (postcode !== null) {
    const monaco = postcode.startsWith('98')
    if (
      (country === 'France' || country === 'Monaco' || country === 'Belgium') &&
      (monaco || postcode.startsWith('06') || postcode.startsWith('83'))
    ) {
      score += 9
    }
    if (monaco || country === 'Monaco') fired |= 2
  } else if (country === 'Monaco') fired |= 2
  return score * 64 + fired
}

function folding(lead) {
  let score = 0
  let fired = 0
  const { email, postcode, created, amount, opt_out: optOut } = lead
  const page = lead.first_page === null ? null : lead.first_page.toLowerCase()
  const status = lead.status === null ? null : lead.status.toLowerCase()
  const industry = lead.industry === null ? null : lead.industry.toLowerCase()
  const title = lead.title === null ? null : lead.title.toLowerCase()
  const country = lead.country === null ? null : lead.country.toLowerCase()
  const called = lead.phone !== null || lead.mobile !== null
  if (email !== null) {
    score += 25
    if (lead.next_push !== null && lead.next_push < '2026-01-01') fired |= 8
  }
  if (page !== null) {
    if (page.includes('pricing') || page.includes('demo') || page.includes('contact')) score += 15
    if (page.includes('unsubscribe')) score -= 40
    if (page.startsWith('https://shop.')) {
      score += 10
      if (lead.last_name !== null && created !== null && created >= '2026-03-01') fired |= 32
    }
  }
  if (status !== null) {
    if (status.includes('click')) {
      score += 30
      if (amount !== null && amount > 5000) fired |= 1
    }
    if (status.includes('open')) score += 12
    if (status === 'opted out' || status === 'unsubscribed' || status === 'complaint') score -= 200
  }
  if (industry !== null) {
    score += 8
    if (industry === 'student' || industry === 'research' || industry === 'spam') score -= 100
  }
  if (title !== null) {
    const director = title.includes('director')
    if (director || title.includes('manager') || title.includes('gérant')) score += 20
    if ((director || title.includes('chief')) && industry !== 'student' && industry !== 'spam') fired |= 16
  }
  if (optOut === true) score -= 500
  if (called) {
    score += 5
    if (optOut !== true && status !== 'complaint') fired |= 4
  }
  if (amount !== null && amount >= 10000 && created !== null && created >= '2026-04-01' && created <= '2026-06-30') {
    score += 35
  }
  if (postcode !== null) {
    const monaco = postcode.startsWith('98')
    if (
      (country === 'france' || country === 'monaco' || country === 'belgium') &&
      (monaco || postcode.startsWith('06') || postcode.startsWith('83'))
    ) {
      score += 9
    }
    if (monaco || country === 'monaco') fired |= 2
  } else if (country === 'monaco') fired |= 2
  return score * 64 + fired
}

async function jalon({ leads, job, jalonPath }) {
  const { load } = require(jalonPath)
  const number = JSON.parse(readFileSync(join(jalonPath, '..', 'package.json'), 'utf8')).version
  const names = ['hot', 'Monaco', 'may be called', 'overdue', 'decides', 'shopper']
  const questions = [
    [STRICT, 'leads-strict.jalon'],
    [FOLDED, 'leads.jalon'],
  ]
  return questions.flatMap(([question, file]) => {
    const program = load(join(job, file))
    const rules = names.map((name) => program.rule(name))
    const jalon = (name, answer) => byLead(name, number, question, 'object', leads, answer)
    const made = [
      jalon('Jalon', (lead) => {
        let fired = 0
        for (let bit = 0; bit < rules.length; bit++) if (rules[bit].matches(lead)) fired |= 1 << bit
        return program.score('Fit', lead).total * 64 + fired
      }),
    ]
    if (program.matching) {
      const bits = new Map(names.map((name, bit) => [name, 1 << bit]))
      made.push(
        jalon('Jalon, matching', (lead) => {
          let fired = 0
          for (const name of program.matching(lead)) fired |= bits.get(name)
          return program.score('Fit', lead).total * 64 + fired
        }),
      )
    }
    if (program.judge) {
      const judge = program.judge('Fit', rules)
      made.push(
        jalon('Jalon, judge', (lead) => {
          const { total, holds } = judge(lead)
          let fired = 0
          for (let bit = 0; bit < holds.length; bit++) if (holds[bit]) fired |= 1 << bit
          return total * 64 + fired
        }),
      )
    }
    return made
  })
}

/** One rule that adds what each condition is worth. */
const sum = (conditions, worth) => ({
  '+': conditions.map((condition, i) => ({ if: [condition, worth[i], 0] })),
})

const startsWith = ([text, start]) => typeof text === 'string' && text.startsWith(start)

async function jsonLogicEngine({ leads, read, worth }) {
  const { LogicEngine } = await import('json-logic-engine')
  const number = version('json-logic-engine')
  const engine = new LogicEngine()
  engine.addMethod('starts_with', startsWith, { sync: true, deterministic: true })
  // `in` of this engine does not take null for a text
  engine.addMethod('in', ([item, all]) => (all ? all.includes(item) : false), {
    sync: true,
    deterministic: true,
  })
  const conditions = JSON.parse(read('jsonlogic.json'))
  const rules = conditions.map((condition) => engine.build(condition))
  const made = (name, answer) => byLead(name, number, STRICT, 'object', leads, answer)
  return [
    made('json-logic-engine, compiled', (lead) => {
      let answer = 0
      for (let i = 0; i < rules.length; i++) if (rules[i](lead)) answer += worth[i]
      return answer
    }),
    made('json-logic-engine, compiled, one sum', engine.build(sum(conditions, worth))),
  ]
}

async function jsonLogicJs({ leads, read, worth }) {
  const engine = require('json-logic-js')
  engine.add_operation('starts_with', (text, start) => startsWith([text, start]))
  const rules = JSON.parse(read('jsonlogic.json'))
  const answer = (lead) => {
    let answer = 0
    for (let i = 0; i < rules.length; i++) if (engine.apply(rules[i], lead)) answer += worth[i]
    return answer
  }
  const added = sum(rules, worth)
  const made = (name, answer) => byLead(name, version('json-logic-js'), STRICT, 'object', leads, answer)
  return [made('json-logic-js', answer), made('json-logic-js, one sum', (lead) => engine.apply(added, lead))]
}

async function zen({ leads, read, worth }) {
  const { ZenEngine, ZenDecisionContent } = require('@gorules/zen-engine')
  const number = version('@gorules/zen-engine')
  const conditions = read('zen.txt').trimEnd().split('\n')
  const table = {
    nodes: [
      { id: 'in', name: 'request', type: 'inputNode', content: {} },
      {
        id: 'table',
        name: 'table',
        type: 'decisionTableNode',
        content: {
          hitPolicy: 'collect',
          inputs: [{ id: 'when', name: 'when' }],
          outputs: [{ id: 'then', name: 'then', field: 'v' }],
          rules: conditions.map((when, i) => ({ _id: `r${i}`, when, then: String(worth[i]) })),
        },
      },
      { id: 'out', name: 'response', type: 'outputNode', content: {} },
    ],
    edges: [
      { id: 'e1', type: 'edge', sourceId: 'in', targetId: 'table' },
      { id: 'e2', type: 'edge', sourceId: 'table', targetId: 'out' },
    ],
  }
  const content = new ZenDecisionContent(Buffer.from(JSON.stringify(table)))
  const engine = new ZenEngine({ loader: async () => content })
  const answer = async (lead) => {
    const { result } = await engine.evaluate('job', lead)
    let sum = 0
    for (const row of result) sum += row.v
    return sum
  }
  return [byLead('zen-engine, table', number, STRICT, 'object', leads, answer, true)]
}

async function jsonRulesEngine({ leads, worth }) {
  const { Engine } = require('json-rules-engine')
  const engine = new Engine([], { allowUndefinedFacts: true, replaceFactsInEventParams: false })
  engine.addOperator('has', (text, parts) => text !== null && parts.some((part) => text.includes(part)))
  engine.addOperator('starts', (text, parts) => text !== null && parts.some((part) => text.startsWith(part)))
  engine.addOperator('there', (value, wanted) => (value !== null) === wanted)
  engine.addOperator('from', (value, start) => value !== null && value >= start)
  engine.addOperator('above', (value, start) => value !== null && value > start)
  engine.addOperator('until', (value, end) => value !== null && value <= end)
  engine.addOperator('before', (value, end) => value !== null && value < end)
  const test = (fact, operator, value) => ({ fact, operator, value })
  const all = (...tests) => ({ all: tests })
  const any = (...tests) => ({ any: tests })
  const reachable = [test('phone', 'there', true), test('mobile', 'there', true)]
  const rules = [
    all(test('email', 'there', true)),
    all(test('first_page', 'has', ['pricing', 'demo', 'contact'])),
    all(test('first_page', 'has', ['unsubscribe'])),
    all(test('first_page', 'starts', ['https://shop.'])),
    all(test('status', 'has', ['Click'])),
    all(test('status', 'has', ['Open'])),
    all(test('status', 'in', ['Opted out', 'Unsubscribed', 'Complaint'])),
    all(test('industry', 'in', ['Student', 'Research', 'Spam'])),
    all(test('industry', 'there', true)),
    all(test('title', 'has', ['Director', 'Manager', 'Gérant'])),
    all(test('opt_out', 'equal', true)),
    any(...reachable),
    all(test('amount', 'from', 10000), test('created', 'from', '2026-04-01'), test('created', 'until', '2026-06-30')),
    all(test('country', 'in', ['France', 'Monaco', 'Belgium']), test('postcode', 'starts', ['06', '83', '98'])),
    all(test('status', 'has', ['Click']), test('amount', 'above', 5000)),
    any(test('country', 'equal', 'Monaco'), test('postcode', 'starts', ['98'])),
    all(any(...reachable), test('opt_out', 'notEqual', true), test('status', 'notEqual', 'Complaint')),
    all(test('next_push', 'before', '2026-01-01'), test('email', 'there', true)),
    all(test('title', 'has', ['Chief', 'Director']), test('industry', 'notIn', ['Student', 'Spam'])),
    all(test('first_page', 'starts', ['https://shop.']), test('last_name', 'there', true), test('created', 'from', '2026-03-01')),
  ]
  rules.forEach((conditions, i) => engine.addRule({ conditions, event: { type: 'held', params: { worth: worth[i] } } }))
  const answer = async (lead) => {
    const { events } = await engine.run(lead)
    let sum = 0
    for (const event of events) sum += event.params.worth
    return sum
  }
  return [byLead('json-rules-engine', version('json-rules-engine'), STRICT, 'object', leads, answer, true)]
}
