// What was given wrongly is told without a stack, with exit code 2.
import { accessSync, constants } from 'node:fs'

/** Ends the run. */
export function fail(message) {
  console.error(message)
  process.exit(2)
}

/**
 * Ends the run if something cannot be read.
 * @param {string} path
 * @param {string} [help] what to do about it
 */
export function needs(path, help) {
  try {
    accessSync(path, constants.R_OK)
  } catch ({ code }) {
    fail(
      `${path} ${code === 'ENOENT' ? 'does not exist' : `cannot be read: ${code}`}${help ? `: ${help}` : ''}`,
    )
  }
}

/** A number of runs; ends the run if it is none. */
export function runsOf(text) {
  const runs = Number(text)
  if (!Number.isInteger(runs) || runs < 1)
    fail(`The number of runs must be a whole number above 0, not '${text}'`)
  return runs
}

/** What makes the linter that is measured. */
export const build = 'npm test -- build builds it'
