// What values of a meaning look like on both sides of the line: `good` ones, and `edge` ones, good or bad.
import * as numbers from './kinds/numbers.mjs'
import * as texts from './kinds/texts.mjs'
import { words } from './kinds/words.mjs'

/** @type {Record<string, { good: unknown[], edge: unknown[] }>} */
export const kinds = { ...texts, ...numbers, ...words }
