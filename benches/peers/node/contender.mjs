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
