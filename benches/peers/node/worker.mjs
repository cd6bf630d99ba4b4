// The Node worker of the race: `worker.mjs record|pipeline DATA JOB JALON`.
//
// Prints which contenders there are, then checks or times the one that the race asks for.
// A contender that cannot be set up is listed with its error.

import { createInterface } from 'node:readline'

const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`)

const [heat, data, job, jalon] = process.argv.slice(2)
const { groups } = await import(`./${heat}.mjs`)
const contenders = []
const failed = []
for (const [name, group] of Object.entries(await groups(data, job, jalon))) {
  try {
    contenders.push(...(await group()))
  } catch (error) {
    failed.push({ name, error: String(error).slice(0, 500) })
  }
}
say({ contenders: [...contenders.map((c) => c.shown), ...failed] })
for await (const line of createInterface({ input: process.stdin })) {
  const [command, index] = line.split(' ')
  try {
    if (command === 'check') say({ checksum: await contenders[index].check() })
    else say({ ns: await contenders[index].time() })
  } catch (error) {
    say({ error: String(error).slice(0, 500) })
  }
}
process.exit(0)
