import { expect, it } from 'vitest'
import { oneLine, textOf, wantsColor } from '../../src/process/index.ts'

it('colours where it is asked to, or the environment says so', () => {
  expect(wantsColor(true, { NO_COLOR: '1' })).toBe(true)
  expect(wantsColor(false, { FORCE_COLOR: '1' })).toBe(false)
  expect(wantsColor(undefined, { NO_COLOR: '1', FORCE_COLOR: '1' })).toBe(false)
  expect(wantsColor(undefined, { FORCE_COLOR: '1' })).toBe(true)
  expect(wantsColor(undefined, { FORCE_COLOR: '0' })).toBe(false)
  expect(wantsColor(undefined, { TERM: 'dumb' })).toBe(false)
})

it('keeps what a terminal would obey out of a line', () => {
  expect(oneLine('a\nb\u001b[31m')).toBe('a\\nb\\u001b[31m')
})

it('has a text for whatever is thrown', () => {
  expect(textOf(new Error('broken'))).toBe('broken')
  expect(textOf(new RangeError())).toBe('RangeError')
  expect(textOf('plain')).toBe('plain')
  expect(textOf(Object.create(null))).toBe('an object that has no text')
})
