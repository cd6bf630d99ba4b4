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

test('the examples of the page on blueprints run', () => {
  const page = readFileSync(`${root}docs/blueprints.md`, 'utf8')
  const [migration, running] = [...page.matchAll(/```js\n(.*?)```/gs)].map(([, example]) => example)
  const setting = "import { migrationPlan, parse } from 'jalon'\n"
  const map = "{ Relecture: 'Revue', Vieux: null }"
  assert.ok(migration.includes(map))
  const rest = `{\nconst [old, instances] = [program, [instance]]\n${migration.replace(map, '{}')}console.log(migrated[0].state)\n}\n`
  const text = printed(setting + running + rest)
  assert.match(text, /^Proposition \{ Montant: '?1000'?, 'Étape': 'Proposition' \} \[\]\n/)
  assert.match(text, /1 record: 1 kept[^]*\nQualification\n$/)
})
