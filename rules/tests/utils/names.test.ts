import { type ContainerNode, parse } from '@daemonlint/core'
import { expect, it } from 'vitest'
import { counted, nameOf } from '../../src/utils/names.ts'
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

it.each([
  ['containers: [{ image: a }]', 'containers[0]'],
  ['containers: [{ name: "", image: a }]', 'containers[0]'],
  ['initContainers: [null, { image: a }]', 'initContainers[1]'],
  ['volumes: [{ emptyDir: {} }]', 'volumes[0]'],
])('calls what has no name by its place: %s', (spec, expected) => {
  const [manifest] = parse(
    `apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: a }\nspec: { template: { spec: { ${spec} } } }`,
  ).children
  const named = manifest!.children[0]!.children.map(nameOf)
  expect(named).toContain(expected)
})

it.each([
  [['a'], 'Secret `a`'],
  [['a', 'a'], 'Secret `a`'],
  [['a', 'b'], 'Secrets `a` and `b`'],
  [['a', 'b', 'a', 'c'], 'Secrets `a`, `b` and `c`'],
])('lists %s as %s', (names, expected) => {
  expect(counted('Secret', names)).toBe(expected)
})
