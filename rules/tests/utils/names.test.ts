import { type ContainerNode, parse } from '@daemonlint/core'
import { expect, it } from 'vitest'
import { nameOf } from '../../src/utils/names.ts'
import { daemonSet } from '../manifests.ts'

it.each([
  ['agent', 'agent'],
  ['"agent"', 'agent'],
  ['${NAME}', '${NAME}'],
  ['"{{ .name }}"', '{{ .name }}'],
])('calls %s %s', (written, expected) => {
  const [manifest] = parse(daemonSet().replaceAll('name: agent', `name: ${written}`)).children
  expect(nameOf(manifest!)).toBe(expected)
  expect(nameOf(manifest!.children[0]!.children[0] as ContainerNode)).toBe(expected)
})
