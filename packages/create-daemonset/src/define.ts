import type { Questions } from './questions.ts'
import type { Preset } from './types.ts'

/**
 * Types a preset: its questions decide the type of the answers that `build` gets. Returns it unchanged.
 * @param preset a table of facts about the daemon, its questions, and a function that turns answers into what it needs
 */
export function definePreset<const Q extends Questions>(preset: Preset<Q>): Preset<Q> {
  return preset
}
