// The files of tests/vectors, none where the package stands alone.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../../tests/vectors/', import.meta.url))
const files = existsSync(folder)
  ? readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.json')).sort()
  : []

export const vectors = files.map((name) => ({ name, file: JSON.parse(readFileSync(join(folder, name), 'utf8')) }))
