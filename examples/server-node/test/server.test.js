import assert from 'node:assert/strict'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, test } from 'node:test'

import { Desk } from '../desk.js'
import { serve } from '../server.js'
import { users } from '../users.js'

const ada = { Name: 'Ada Martin', Email: 'ada@atelier.example', City: 'LYON', Employees: 35 }
const send = '/deals/1/transitions/Send%20the%20offer'
let folder, desk, server, now

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jalon-server-'))
  cpSync(new URL('../rules', import.meta.url), folder, { recursive: true })
  now = new Date('2026-07-03T15:30Z')
  desk = new Desk({ folder, users, now: () => now })
  server = serve(desk).listen(0, '127.0.0.1')
  await once(server, 'listening')
})

afterEach(async () => {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
  rmSync(folder, { recursive: true })
})

const agent = new Agent({ keepAlive: true })

/** A request as a client sends it: the status, and the body that came back. */
async function call(method, path, body, headers = {}) {
  const { port } = server.address()
  const asked = request({ agent, host: '127.0.0.1', port, method, path, headers })
  asked.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body))
  const [answer] = await once(asked, 'response')
  return [answer.statusCode, JSON.parse(await text(answer))]
}

const post = (path, body, headers) => call('POST', path, body, headers)

function edit(file, old, fresh) {
  const path = join(folder, file)
  const rules = readFileSync(path, 'utf8')
  assert.ok(rules.includes(old))
  writeFileSync(path, rules.replaceAll(old, fresh))
}

test('a lead is scored, matched and welcomed, and mailed three days later', async () => {
  const [status, made] = await post('/leads', ada)
  assert.equal(status, 201)
  assert.deepEqual(made.score, { total: 60, label: 'hot', errors: [] })
  assert.deepEqual(made.matching, ['Welcome'])
  assert.equal(made.lead.Status, 'to call')
  assert.equal(made.decision.effects[0].subject, 'Call Ada Martin')
  assert.equal(made.decision.effects[0].to, 'Anna')

  desk.tick()
  assert.equal(desk.effects.length, 1)
  now = new Date('2026-07-06T15:30Z')
  desk.tick()
  desk.tick()
  assert.deepEqual(desk.effects.map(({ type }) => type), ['task', 'email'])
})

test('why a lead has its points', async () => {
  await post('/leads', { Name: 'Di Rossi', City: 'Lyon ', Employees: 'a dozen' })
  const [status, why] = await call('GET', '/leads/1/why')
  assert.equal(status, 200)
  assert.match(why.text, /only the spaces around it differ/)
  assert.equal(why.score.errors[0].value, 'a dozen')
  const [, french] = await call('GET', '/leads/1/why', undefined, { 'accept-language': 'fr' })
  assert.match(french.text, /espaces/)
})

test('a transition is refused with everything that stands in the way', async () => {
  await post('/deals', { Name: 'Atelier Martin', Owner: 'Anna' })
  const [status, refused] = await post(send, { fields: { Machines: 0 } }, { 'x-user': 'Ben' })
  assert.equal(status, 422)
  assert.deepEqual(refused.reasons.map(({ code }) => code), ['not_allowed', 'missing', 'invalid'])
  assert.match(refused.error, /Monthly rent is required\nat least one machine/)

  const given = { fields: { Machines: 2, 'Monthly rent': 180 } }
  const [made, { deal, effects }] = await post(send, given, { 'x-user': 'Anna' })
  assert.equal(made, 200)
  assert.equal(deal.Stage, 'Offer')
  assert.equal(effects[0].subject, 'Ask Atelier Martin about the offer')
})

test('what is no request is told', async () => {
  assert.equal((await post('/leads', '{'))[0], 400)
  assert.equal((await post('/leads', []))[0], 400)
  assert.equal((await call('GET', '/leads/7/why'))[0], 404)
  assert.equal((await call('GET', '/nowhere'))[0], 404)
  await post('/deals', { Name: 'Atelier Martin' })
  assert.equal((await post('/deals/1/transitions/Loose', {}))[0], 422)
  assert.equal((await post('/deals/1/transitions/Lose', { field: 1 }))[0], 400)
})

test('new rules are taken; what is broken is refused, and the old ones go on', async () => {
  edit('leads.jalon', 'if City IS', 'if Citty IS')
  const [status, told] = await post('/rules/reload')
  assert.equal(status, 422)
  assert.equal(told.diagnostics[0].code, 'E0203')
  assert.equal(told.diagnostics[0].fixes[0].title, 'replace with `City`')
  assert.equal((await post('/leads', ada))[1].score.total, 60)

  edit('leads.jalon', 'if Citty IS', 'if City IS')
  edit('leads.jalon', '+25 if Email', '+30 if Email')
  const [failing, { failures }] = await post('/rules/reload')
  assert.equal(failing, 422)
  assert.equal(failures[0].test, 'a lead with an address is welcomed')

  edit('leads.jalon', 'score Fit = 60', 'score Fit = 65')
  const [taken, { changes }] = await post('/rules/reload')
  assert.equal(taken, 200)
  assert.match(changes, /add 30 points if Email is not empty/)
  assert.equal((await post('/leads', ada))[1].score.total, 65)
})

test('deals are taken along to a new blueprint, or it is refused', async () => {
  await post('/deals', { Name: 'Atelier Martin', Owner: 'Anna' })
  edit('deals.jalon', 'Tasting', 'First visit')
  const [status, { error }] = await post('/rules/reload')
  assert.equal(status, 422)
  assert.match(error, /Tasting/)

  edit('deals.jalon', 'First visit', 'Tasting')
  edit('deals.jalon', 'Machines >= 1, message "at least one machine"', 'Machines >= 2, message "at least two"')
  assert.equal((await post('/rules/reload'))[0], 200)
  const given = { fields: { Machines: 1, 'Monthly rent': 180 } }
  assert.equal((await post(send, given, { 'x-user': 'Anna' }))[1].error, 'at least two')
})

test('many at once, while the rules are reloaded', async (t) => {
  const requests = 2_000
  let left = requests
  const begun = performance.now()
  const caller = async () => {
    while (left-- > 0) {
      const [status, { score }] = await post('/leads', ada)
      assert.deepEqual([status, score.total], [201, 60])
      if (left % 500 === 0) assert.equal((await post('/rules/reload'))[0], 200)
    }
  }
  await Promise.all(Array.from({ length: 16 }, caller))
  const seconds = (performance.now() - begun) / 1000
  t.diagnostic(`${Math.round(requests / seconds)} leads a second, of 16 callers in the same process`)
  assert.equal(desk.effects.length, requests)
  assert.equal(new Set(desk.effects.map(({ id }) => id)).size, requests)
})
