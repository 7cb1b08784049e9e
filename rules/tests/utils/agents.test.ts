import { expect, it } from 'vitest'
import { knownAgents } from '../../src/utils/agents.ts'

it('has every repository once, without a tag', () => {
  const all = knownAgents.flatMap(({ repositories }) => repositories)
  expect(new Set(all).size).toBe(all.length)
  for (const repository of all) expect(repository).toMatch(/^[a-z0-9._-]+(\/[a-z0-9._-]+)*$/)
})

it('calls no agent an observer and something more but on purpose', () => {
  const mixed = knownAgents.filter(
    ({ kinds }) => kinds.includes('metrics') && kinds.some((kind) => kind !== 'metrics' && kind !== 'logs'),
  )
  expect(mixed.map(({ name }) => name)).toEqual(['DCGM exporter', 'OpenTelemetry eBPF agent'])
})
