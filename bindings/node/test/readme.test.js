// The example of the project's README runs as it stands.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))

test("the README's example prints a score and its reasons", () => {
  const readme = readFileSync(`${root}README.md`, 'utf8')
  const [, example] = readme.match(/```js\n(.*?)```/s)
  // next to the package, so that `import 'jalon'` finds it by its own name
  const folder = mkdtempSync(fileURLToPath(new URL('../readme-', import.meta.url)))
  try {
    writeFileSync(`${folder}/example.mjs`, example)
    const printed = execFileSync(process.execPath, [`${folder}/example.mjs`], { cwd: root, encoding: 'utf8' })
    assert.match(printed, /^65 chaud\nAppétence/)
    assert.match(printed, /\+30 si Issue précédente EST success/, "every line with its reason")
  } finally {
    rmSync(folder, { recursive: true })
  }
})
