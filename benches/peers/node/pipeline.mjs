// The pipeline: deals taken through five states, in the spellings of each engine.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { byStream } from './contender.mjs'

const require = createRequire(import.meta.url)
const version = (name) =>
  JSON.parse(readFileSync(join('node_modules', name, 'package.json'), 'utf8')).version

const ENOUGH = 100

/** The groups of contenders, each made when it is called. */
export async function groups(data, job, jalonPath) {
  const { events, ...stream } = JSON.parse(readFileSync(join(data, 'pipeline.json'), 'utf8'))
  stream.events = events.map(([deal, which, quoted]) => ({
    deal,
    transition: stream.transitions[which],
    quoted: quoted === 1,
  }))
  return {
    'hand-written JS': () => byStream('hand-written JS', process.version, 'object', stream, byHand(stream)),
    Jalon: () => {
      const own = require(join(jalonPath, '..', 'package.json')).version
      return byStream('Jalon', own, 'object', stream, jalon(stream, job, jalonPath))
    },
    xstate: async () => {
      const xstate = await import('xstate')
      const spellings = { 'xstate, actors': actors, 'xstate, pure transitions': pureTransitions }
      return Object.entries(spellings).flatMap(([name, make]) =>
        byStream(name, version('xstate'), 'object', stream, make(stream, xstate)),
      )
    },
  }
}

/** A function with a case for each state. */
function byHand({ amounts }) {
  let deals
  return {
    reset() {
      deals = amounts.map((amount) => ({ amount, state: 'New' }))
    },
    available({ deal }) {
      const { state, amount } = deals[deal]
      switch (state) {
        case 'New':
          return amount > ENOUGH ? ['Qualify', 'Lose'] : ['Lose']
        case 'Qualified':
          return ['Propose', 'Lose']
        case 'Proposal':
          return ['Win', 'Lose']
        default:
          return []
      }
    },
    fire({ deal: number, transition, quoted }) {
      const deal = deals[number]
      const { state } = deal
      if (state === 'Won' || state === 'Lost') return false
      if (transition === 'Lose') deal.state = 'Lost'
      else if (transition === 'Qualify' && state === 'New' && deal.amount > ENOUGH) deal.state = 'Qualified'
      else if (transition === 'Propose' && state === 'Qualified' && quoted) deal.state = 'Proposal'
      else if (transition === 'Win' && state === 'Proposal') deal.state = 'Won'
      else return false
      return true
    },
    state: (deal) => deals[deal].state,
  }
}

/** Instances kept by the host, deals as objects. */
function jalon({ amounts, quote }, job, jalonPath) {
  const { parse } = require(jalonPath)
  const program = parse(readFileSync(join(job, 'pipeline.jalon'), 'utf8'))
  const blueprint = program.blueprint('Sale', { now: '2026-06-30T10:30', zone: 'Europe/Paris' })
  const deals = amounts.map((amount) => ({ id: 7, Stage: 'New', Amount: amount }))
  const entered = deals.map((deal) => blueprint.enter(deal))
  const quoted = { Quote: quote }
  const nothing = {}
  let instances
  return {
    reset() {
      instances = [...entered]
    },
    available: ({ deal }) => blueprint.offered(instances[deal], deals[deal]),
    fire(event) {
      const { deal } = event
      const given = event.quoted ? quoted : nothing
      const tried = blueprint.tryFire(instances[deal], event.transition, given, deals[deal])
      if (tried.made) instances[deal] = tried.instance
      return tried.made
    },
    state: (deal) => instances[deal].state,
  }
}

/** The machine, and what leaves each of its states: xstate is asked for each of them. */
function machineOf({ createMachine }) {
  const machine = createMachine({
    context: ({ input }) => ({ amount: input }),
    initial: 'New',
    states: {
      New: {
        on: { Qualify: { target: 'Qualified', guard: ({ context }) => context.amount > ENOUGH }, Lose: 'Lost' },
      },
      Qualified: { on: { Propose: { target: 'Proposal', guard: ({ event }) => event.quoted }, Lose: 'Lost' } },
      Proposal: { on: { Win: 'Won', Lose: 'Lost' } },
      Won: { type: 'final' },
      Lost: { type: 'final' },
    },
  })
  const leaving = Object.entries(machine.states).map(([name, state]) => [name, state.ownEvents])
  return { machine, leaving: Object.fromEntries(leaving) }
}

/** What is offered in a snapshot; what must be given is not asked yet. */
const offered = (snapshot, leaving) =>
  leaving[snapshot.value].filter((type) => snapshot.can({ type, quoted: true }))

/** An actor a deal. */
function actors({ amounts }, xstate) {
  const { machine, leaving } = machineOf(xstate)
  let running
  return {
    reset() {
      running = amounts.map((amount) => xstate.createActor(machine, { input: amount }).start())
    },
    available: ({ deal }) => offered(running[deal].getSnapshot(), leaving),
    fire({ deal, transition, quoted }) {
      const actor = running[deal]
      const before = actor.getSnapshot().value
      actor.send({ type: transition, quoted })
      return actor.getSnapshot().value !== before
    },
    state: (deal) => running[deal].getSnapshot().value,
  }
}

/** A snapshot a deal, kept by the host. */
function pureTransitions({ amounts }, { initialTransition, transition: next, ...xstate }) {
  const { machine, leaving } = machineOf(xstate)
  const entered = amounts.map((amount) => initialTransition(machine, amount)[0])
  let snapshots
  return {
    reset() {
      snapshots = [...entered]
    },
    available: ({ deal }) => offered(snapshots[deal], leaving),
    fire({ deal, transition, quoted }) {
      const before = snapshots[deal]
      const [after] = next(machine, before, { type: transition, quoted })
      snapshots[deal] = after
      return after.value !== before.value
    },
    state: (deal) => snapshots[deal].value,
  }
}
