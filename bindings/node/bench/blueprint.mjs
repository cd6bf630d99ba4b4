// Deals through five states: `offered` and `fire`, beside xstate.
//
//     npm install --no-save xstate
//     node bench/blueprint.mjs
//
// A guard, a field that must be given, and a transition common to all states. Every side is asked
// which transitions are open, then makes one, event by event; the states and what is open are
// checked equal. The sides take turns, and medians of the rounds count.
import assert from 'node:assert/strict'
import { createMachine, initialTransition, transition } from 'xstate'
import { parse } from 'jalon'

const program = parse(`
parcours Vente sur Affaires, champ Étape
  états Qualification, Analyse, Proposition
  gagné Gagnée
  perdu Perdue
  transition analyser de Qualification vers Analyse
  transition proposer de Analyse vers Proposition
    avant
      si Montant >= 1000
    pendant
      obligatoire Échéance
  transition conclure de Proposition vers Gagnée
  transition commune perdre vers Perdue
`)

const WON = [['analyser', {}], ['proposer', { Échéance: '2026-09-30' }], ['conclure', {}]]
const LOST = [['analyser', {}], ['perdre', {}]]
const DEALS = Array.from({ length: 100 }, (_, i) => 500 + 10 * i).map((amount) => [amount, amount >= 1000 ? WON : LOST])
const EVENTS = DEALS.reduce((count, [, events]) => count + events.length, 0)

function withJalon() {
  const blueprint = program.blueprint('Vente', { now: '2026-06-30T10:30', zone: 'Europe/Paris' })
  return () => {
    const trail = []
    for (const [amount, events] of DEALS) {
      const deal = { id: 7, Étape: 'Qualification', Montant: amount }
      let instance = blueprint.enter(deal)
      for (const [event, given] of events) {
        const offered = blueprint.offered(instance, deal)
        ;({ instance } = blueprint.fire(instance, event, given, deal))
        deal.Étape = instance.state
        trail.push([offered, instance.state])
      }
    }
    return trail
  }
}

const machine = createMachine({
  context: ({ input }) => ({ amount: input.amount }),
  initial: 'Qualification',
  states: {
    Qualification: { on: { analyser: 'Analyse', perdre: 'Perdue' } },
    Analyse: {
      on: {
        proposer: { target: 'Proposition', guard: ({ context, event }) => context.amount >= 1000 && Boolean(event.due) },
        perdre: 'Perdue',
      },
    },
    Proposition: { on: { conclure: 'Gagnée', perdre: 'Perdue' } },
    Gagnée: { type: 'final' },
    Perdue: { type: 'final' },
  },
})

/** What leaves each state: of xstate, each of them is asked for. */
const LEAVING = {
  Qualification: ['analyser', 'perdre'],
  Analyse: ['proposer', 'perdre'],
  Proposition: ['conclure', 'perdre'],
}

function withXstate() {
  return () => {
    const trail = []
    for (const [amount, events] of DEALS) {
      let [snapshot] = initialTransition(machine, { amount })
      for (const [event, given] of events) {
        const current = snapshot
        // Open apart from what must be given.
        const offered = LEAVING[current.value].filter((type) => current.can({ type, due: 'any' }))
        ;[snapshot] = transition(machine, current, { type: event, due: given.Échéance })
        trail.push([offered, snapshot.value])
      }
    }
    return trail
  }
}

/** Microseconds an event, of the best pass in a while. */
function measured(run) {
  let best = Infinity
  for (const end = performance.now() + 150; performance.now() < end; ) {
    const start = performance.now()
    run()
    best = Math.min(best, ((performance.now() - start) / EVENTS) * 1000)
  }
  return best
}

const sides = { jalon: withJalon(), xstate: withXstate() }
assert.deepEqual(sides.jalon(), sides.xstate())
assert.deepEqual(sides.jalon(), sides.xstate(), 'the short way')
const rounds = Object.fromEntries(Object.keys(sides).map((name) => [name, []]))
for (let round = 0; round < 15; round++) {
  for (const [name, run] of Object.entries(sides)) rounds[name].push(measured(run))
}
const median = (times) => times.sort((a, b) => a - b)[times.length >> 1]
const own = median(rounds.jalon)
for (const [name, times] of Object.entries(rounds)) {
  console.log(`${name.padEnd(10)} ${median(times).toFixed(2).padStart(7)} µs an event  ${(median(times) / own).toFixed(1)}x`)
}
