import { describe, expect, it } from 'vitest'
import { fingerprint, uniqueFingerprints } from '../../src/formatters/fingerprint.ts'
import type { Problem } from '../../src/problem.ts'
import { located, position } from './results.ts'

const with_ = (changes: Partial<Problem>) => fingerprint({ ...located, ...changes })

describe('fingerprint', () => {
  it('never changes, for dashboards remember it', () => {
    expect(fingerprint(located)).toBe('b083275a70617b28')
    expect(
      fingerprint({ ruleId: 'a', severity: 'warn', message: '', position: position(1, 1, 1, 1) }),
    ).toMatch(/^[0-9a-f]{16}$/)
  })

  it('does not depend on the place, the severity, or where the container stands in its list', () => {
    const same = fingerprint(located)
    expect(with_({ position: position(1, 1, 2, 2) })).toBe(same)
    expect(with_({ severity: 'error' })).toBe(same)
    expect(with_({ message: 'Other words.' })).toBe(same)
    expect(with_({ field: 'spec.template.spec.containers[3].image' })).toBe(same)
    expect(with_({ resource: { ...located.resource!, apiVersion: 'apps/v1beta2' } })).toBe(same)
  })

  it('depends on all that tells findings apart', () => {
    const others = [
      with_({ ruleId: 'image-digest' }),
      with_({ messageId: 'none' }),
      with_({ container: 'other' }),
      with_({ field: 'spec.template.spec.containers[0].env[0]' }),
      with_({ field: 'spec.template.spec.containers[0].env[1]' }),
      with_({ field: undefined }),
      with_({ field: undefined, message: 'Other words.' }),
      with_({ resource: undefined }),
      ...(['kind', 'namespace', 'name'] as const).map((key) =>
        with_({ resource: { ...located.resource!, [key]: 'other' } }),
      ),
      // What ends one part must not begin the next.
      with_({ resource: { ...located.resource!, namespace: '', name: 'logsagent' } }),
    ]
    expect(new Set([fingerprint(located), ...others]).size).toBe(others.length + 1)
  })

  it('numbers findings that are alike', () => {
    const fingerprintOf = uniqueFingerprints()
    const [a, b, c] = ['x.yaml', 'x.yaml', 'y.yaml'].map((path) => fingerprintOf(located, path))
    expect(new Set([a, b, c]).size).toBe(3)
    const again = uniqueFingerprints()
    expect([again(located, 'y.yaml'), again(located, 'x.yaml'), again(located, 'x.yaml')]).toEqual([c, a, b])
  })
})
