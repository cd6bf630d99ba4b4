// What a contender is to the worker.

/** One turn takes about so long: a slow contender is handed fewer leads, a fast one all of them several times. */
const PASS_NS = 60e6

/** A contender that answers lead by lead; `answer` may be asynchronous. */
export function byLead(name, version, question, input, leads, answer, asynchronous = false) {
  let size = leads.length
  const pass = asynchronous
    ? async (count, each) => {
        for (let i = 0; i < count; i++) each(await answer(leads[i]), i)
      }
    : (count, each) => {
        for (let i = 0; i < count; i++) each(answer(leads[i]), i)
      }
  return {
    shown: { name, version, question, input, note: '' },
    async check() {
      let checksum = 0
      const start = process.hrtime.bigint()
      await pass(leads.length, (value, i) => {
        checksum += value * ((i % 9973) + 1)
      })
      const each = Number(process.hrtime.bigint() - start) / leads.length
      size = Math.min(leads.length, Math.max(50, Math.floor(PASS_NS / each)))
      return checksum
    },
    async time() {
      let sum = 0
      const add = (value) => {
        sum += value
      }
      const start = process.hrtime.bigint()
      let passes = 0
      let taken = 0
      do {
        await pass(size, add)
        passes++
        taken = Number(process.hrtime.bigint() - start)
      } while (taken + taken / passes <= PASS_NS)
      if (Number.isNaN(sum)) throw new Error('an answer is no number')
      return taken / passes / size
    },
  }
}

/**
 * A contender that takes deals through the pipeline, asked in three ways; each pass begins with all deals anew,
 * outside the clock.
 */
export function byStream(name, version, input, stream, deals) {
  const contender = (question, offers, fires) => {
    const begin = () => {
      deals.reset()
      if (fires) return stream.events
      const half = stream.events.length >> 1
      for (const event of stream.events.slice(0, half)) deals.fire(event)
      return stream.events.slice(half)
    }
    const answer = (event) => {
      let offered = 0
      if (offers) for (const one of deals.available(event)) offered += 1 << stream.transitions.indexOf(one)
      if (!fires) return offered
      const refused = deals.fire(event) ? 0 : 1
      return offered * 16 + refused * 8 + stream.states.indexOf(deals.state(event.deal))
    }
    return {
      shown: { name, version, question, input, note: '' },
      check: () => begin().reduce((sum, event, i) => sum + answer(event) * ((i % 9973) + 1), 0),
      time() {
        let taken = 0
        let passes = 0
        let events
        do {
          events = begin()
          let sum = 0
          const start = process.hrtime.bigint()
          for (const event of events) {
            if (offers) sum += deals.available(event).length
            if (fires) sum += deals.fire(event)
          }
          taken += Number(process.hrtime.bigint() - start)
          passes++
          if (Number.isNaN(sum)) throw new Error('an answer is no number')
        } while (taken + taken / passes <= PASS_NS)
        return taken / passes / events.length
      },
    }
  }
  return [
    contender('what is offered', true, false),
    contender('an event', false, true),
    contender('what is offered, then an event', true, true),
  ]
}
