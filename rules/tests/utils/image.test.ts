import { expect, it } from 'vitest'
import { isPause, parseImage } from '../../src/utils/image.ts'

it.each([
  ['agent', { name: 'agent' }],
  ['agent:1', { name: 'agent', tag: '1' }],
  ['registry:5000/agent', { name: 'registry:5000/agent' }],
  ['registry:5000/agent:1', { name: 'registry:5000/agent', tag: '1' }],
  ['agent@sha256:ab', { name: 'agent', digest: 'sha256:ab' }],
  ['registry:5000/a/b:1@sha256:ab', { name: 'registry:5000/a/b', tag: '1', digest: 'sha256:ab' }],
  ['agent:', { name: 'agent', tag: '' }],
])('parses %s', (reference, image) => {
  expect(parseImage(reference)).toEqual(image)
})

it.each([
  ['registry.k8s.io/pause:3.10', true],
  ['gcr.io/google-containers/pause-amd64:3.1', true],
  ['example.com/unpause:1', false],
  ['example.com/pause/agent:1', false],
  [undefined, false],
])('%s only pauses: %s', (reference, expected) => {
  expect(isPause(reference)).toBe(expected)
})
