import { spawnSync } from 'node:child_process'

/** True where a program can be started. */
export function hasProgram(name) {
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined
}

/**
 * Runs a program to its end.
 * @returns {{ status: number, stdout: string, stderr: string }}
 */
export function runProgram(name, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(name, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    ...options,
  })
  if (error) return { status: 127, stdout: '', stderr: error.message }
  return { status: status ?? 1, stdout, stderr }
}

/** Says why a check is left out, and ends it. */
export function skip(what) {
  console.log(`skipped: ${what}`)
  process.exit(0)
}

/** Prints what failed, and ends with 1 if anything did. */
export function conclude(checked, failures) {
  for (const failure of failures) console.log(`FAILED ${failure}`)
  console.log(`${checked} checked, ${failures.length} failed`)
  process.exit(failures.length > 0 ? 1 : 0)
}
