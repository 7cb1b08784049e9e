import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

it('generated files are current', () => {
  const script = fileURLToPath(new URL('../scripts/generate.mjs', import.meta.url))
  // Fails, naming the stale files, when the exit code is not 0.
  expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).toBe('')
})
