import type { Preset } from '../types.ts'
import fluentBit from './fluent-bit.ts'

/** All presets that are built in, in the order in which they are listed. */
export const presets: readonly Preset[] = [fluentBit]
