import { expect, it } from 'vitest'
import { areSimilar } from '../../src/utils/similar-names.ts'

it.each([
  ['agent', 'agnet', true],
  ['agent', 'agents', true],
  ['fluentd', 'fluent-d', true],
  ['fluentd-sa', 'fluentd', true],
  ['fluentd-service-account', 'fluentd-serviceaccount', true],
  ['agent-config', 'agent-cm', true],
  ['node-exporter', 'node-exportr', true],
  ['agent', 'agent', false],
  ['agent-1', 'agent-2', false],
  ['agent', 'agent-v2', false],
  ['cni', 'csi', false],
  ['sa', 'config', false],
  ['agent', 'gateway', false],
  ['log', 'logs', false],
])('%s is a slip for %s: %s', (one, other, expected) => {
  expect(areSimilar(one, other)).toBe(expected)
  expect(areSimilar(other, one)).toBe(expected)
})
