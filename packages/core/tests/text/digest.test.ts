import { expect, it } from 'vitest'
import { digest } from '../../src/text/digest.ts'

it('never changes, for files of suppressions hold it', () => {
  expect(digest([])).toBe('cbf29ce484222325')
  expect(digest(['The container `agent` has no memory limit.'])).toBe('2818160ed9772733')
})

it('tells where one text ends and the next begins, and letters beyond ASCII', () => {
  const all = [['ab'], ['a', 'b'], ['', 'ab'], ['ab', ''], ['å'], ['\u00e5\u0000'], ['\u0141'], ['A\u0001']]
  expect(new Set(all.map(digest)).size).toBe(all.length)
})

it('is FNV-1a', () => {
  const ofBytes = (bytes: readonly number[]) =>
    bytes.reduce(
      (hash, byte) => BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n),
      0xcbf29ce484222325n,
    )
  const bytes = [0x61, 0, 0x42, 0x01, 0, 0]
  expect(digest(['a\u0142'])).toBe(ofBytes(bytes).toString(16).padStart(16, '0'))
})
