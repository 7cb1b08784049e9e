import { describe, expect, it } from 'vitest'
import { checksIn, explainedEverywhere, explainedFor } from '../src/explained.ts'
import { presets } from '../src/index.ts'

const preset = presets.find(({ name }) => name === 'node-exporter')!

describe.each(presets.map((one) => [one.name, one] as const))('%s', (_, one) => {
  it('names linter and check, and gives a reason in sentences', () => {
    for (const [key, reason] of Object.entries(explainedFor(one))) {
      for (const check of checksIn(key)) expect(check).toMatch(/^(kube-linter|kube-score|checkov) [\w-]+$/)
      expect(reason).toMatch(/^[A-Z`].*[.]$/)
    }
  })
})

it('takes along what finds the same', () => {
  const explained = explainedFor({ ...preset, explained: { 'kube-linter host-network': 'It has to.' } })
  expect(explained['kube-linter host-network, checkov CKV_K8S_19']).toBe('It has to.')
})

it('ends with what is found in every preset', () => {
  expect(Object.entries(explainedFor(preset)).slice(-3)).toEqual(Object.entries(explainedEverywhere))
})

it('prefers what the preset itself says', () => {
  const key = 'kube-score pod-networkpolicy, checkov CKV2_K8S_6'
  const explained = explainedFor({ ...preset, explained: { [key]: 'Its own reason.' } })
  expect(explained[key]).toBe('Its own reason.')
})

it('says whether a NetworkPolicy can be had', () => {
  const reasonOf = (podNetwork: boolean) =>
    explainedFor({ ...preset, podNetwork })['kube-score pod-networkpolicy, checkov CKV2_K8S_6']
  expect(reasonOf(true)).toContain('--network-policy')
  expect(reasonOf(false)).toContain('no policy has an effect')
})
