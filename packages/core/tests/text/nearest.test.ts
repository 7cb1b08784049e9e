import { expect, it } from 'vitest'
import { editDistance } from '../../src/text/distance.ts'
import { didYouMean, nearest } from '../../src/text/nearest.ts'

it.each([
  ['daemonset', 'daemonset', 0],
  ['deamonset', 'daemonset', 1],
  ['nodeselectors', 'nodeselector', 1],
  ['abc', 'xyz', 3],
  ['short', 'muchlongerword', 4],
])('editDistance(%s, %s) is %i', (from, to, distance) => expect(editDistance(from, to)).toBe(distance))

it.each([
  ['Image-Tag', ['image-tag', 'image-tags'], 'image-tag'],
  ['image-tga', ['memory-limit', 'image-tag'], 'image-tag'],
  ['a', ['xyz'], undefined],
])('nearest(%s, %j) is %s', (wrong, names, meant) => expect(nearest(wrong, names)).toBe(meant))

it('compares no long names', () => {
  const [one, other] = ['a', 'b'].map((letter) => letter.repeat(2_000_000)) as [string, string]
  expect(nearest(one, [other, one, 'c'])).toBe(undefined)
  expect(nearest('imag', [one, 'image'])).toBe('image')
})

it('asks only where a name is near', () => {
  expect(didYouMean('wran', ['warn', 'error'])).toBe(" Did you mean 'warn'?")
  expect(didYouMean('quiet', ['warn', 'error'])).toBe('')
})

it('takes another measure of near', () => {
  expect(nearest('container-image', ['container-name'])).toBe('container-name')
  expect(nearest('container-image', ['container-name'], 2)).toBe(undefined)
  expect(nearest('container-nmae', ['container-name'], 2)).toBe('container-name')
})
