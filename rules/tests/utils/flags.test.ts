import { type ContainerNode, parse } from '@daemonlint/core'
import { describe, expect, it } from 'vitest'
import { environmentOf, flagsOf } from '../../src/utils/flags.ts'
import { daemonSet } from '../manifests.ts'

const containerOf = (more: string) =>
  parse(daemonSet({ container: `image: agent:1\n${more}` })).children[0]!.children[0]!
    .children[0] as ContainerNode

describe('the flags of a program', () => {
  const flags = (more: string) => {
    const found = flagsOf(containerOf(more))
    return (
      found && Object.fromEntries([...found].map(([name, { value, known }]) => [name, known ? value : null]))
    )
  }

  it.each([
    ['', {}],
    ['args: [--path.rootfs=/host, -v=2, --quiet]', { 'path.rootfs': '/host', v: '2', quiet: '' }],
    [
      'args: [-conf, /etc/Corefile, -upstreamsvc, kube-dns]',
      { conf: '/etc/Corefile', upstreamsvc: 'kube-dns' },
    ],
    ['command: [agent, --mode=a]\nargs: [--mode=b]', { mode: 'b' }],
    ['args: [--mode=a=b]', { mode: 'a=b' }],
    ['args: ["--text=two words"]', { text: 'two words' }],
    ['args: [--mode=$(MODE)]\nenv: [{ name: MODE, value: fast }]', { mode: 'fast' }],
    ['args: [--mode=$(MODE)]', { mode: null }],
    ['args: ["--mode=${MODE}"]', { mode: null }],
    ['args: [--mode, "${MODE}"]', { mode: null }],
    // Some may be hidden.
    ['args: ["${ARGS}"]', undefined],
    ['args: ${ARGS}', undefined],
    ['command: [/bin/sh, -c, "agent --mode=a"]', undefined],
    ['args: ["agent --mode=a"]', undefined],
  ])('%s', (more, expected) => {
    expect(flags(more)).toEqual(expected)
  })
})

it.each([
  ['', null],
  ['env: [{ name: A, value: b }]', 'b'],
  ['env: [{ name: A }]', ''],
  ['env: [{ name: A, value: a }, { name: A, value: b }]', 'b'],
  ['env: [{ name: B, value: b }]', null],
  ['env: [{ name: A, value: $(B) }]', undefined],
  ['env: [{ name: A, value: "${B}" }]', undefined],
  ['env: [{ name: A, valueFrom: { fieldRef: { fieldPath: spec.nodeName } } }]', undefined],
  ['env: [{ name: A, value: b }, { name: "${B}", value: c }]', undefined],
  ['env: ${ENV}', undefined],
  ['envFrom: [{ configMapRef: { name: agent } }]', undefined],
])('the variable A of %s', (more, expected) => {
  expect(environmentOf(containerOf(more), 'A')).toBe(expected)
})
