// The example of the project's README runs as it stands.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))

const readme = readFileSync(`${root}README.md`, 'utf8')
const examples = [...readme.matchAll(/```js\n(.*?)```/gs)].map(([, example]) => example)

/** What an example prints. */
function printed(example) {
  // next to the package, so that `import 'jalon'` finds it by its own name
  const folder = mkdtempSync(fileURLToPath(new URL('../readme-', import.meta.url)))
  try {
    writeFileSync(`${folder}/example.mjs`, example)
    return execFileSync(process.execPath, [`${folder}/example.mjs`], { cwd: root, encoding: 'utf8' })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test("the README's first example prints a score and its reasons", () => {
  const text = printed(examples[0])
  assert.match(text, /^65 chaud\nAppétence/)
  assert.match(text, /\+30 si Issue précédente EST success/, 'every line with its reason')
})

test("the README's second example prints what rules ask for", () => {
  assert.equal(examples.length, 2)
  assert.match(printed(examples[1]), /^Monaco 2026-07-01\n\{ 'e1\/Monaco\/prospects\/42\/1': 7 \}\nPays: /)
})

test("the example of the package's README on the language runs", () => {
  const page = readFileSync(`${root}bindings/node/README.md`, 'utf8').split('## A language people trust')[1]
  const [format, same, other, ...rest] = printed(page.match(/```js\n(.*?)```/s)[1]).trimEnd().split('\n')
  assert.deepEqual([format, same, other], ['Country EST Monaco ET Amount > 5', 'true', 'false'])
  assert.deepEqual(rest.slice(-3), [
    'Country is Monaco, and Amount is greater than 5',
    'Country IS Monaco AND Amount > 5',
    "[ 'W0801' ]",
  ])
  assert.match(rest.join('\n'), /add 5 points.*\n.*add 8 points/)
})
