import { describe, expect, it } from 'vitest'
import { kubernetesVersions, normaliseVersions } from '../../src/schema/index.ts'

describe('normaliseVersions', () => {
  it('takes the newest when none is given', () => {
    expect(normaliseVersions(undefined)).toEqual([kubernetesVersions.at(-1)])
  })

  it.each([
    ['1.31', ['1.31']],
    ['v1.31.4', ['1.31']],
    ['v1.30.5-gke.100', ['1.30']],
    ['1.36, 1.29', ['1.29', '1.36']],
    [
      ['1.36', '1.29', '1.36'],
      ['1.29', '1.36'],
    ],
  ])('reads %j', (given, expected) => expect(normaliseVersions(given)).toEqual(expected))

  it.each(['1.28', '2', 'latest', '1.3'])('refuses %j and says what is allowed', (given) => {
    expect(() => normaliseVersions(given)).toThrow(/'.*' is not known; allowed are 1\.29 to 1\.36/)
  })

  it('refuses a number, for YAML makes 1.3 of 1.30', () => {
    expect(() => normaliseVersions(1.3 as unknown as string)).toThrow('1.3 is not text: write it in quotes')
  })

  it('refuses an empty list', () => expect(() => normaliseVersions([])).toThrow('No Kubernetes version'))
})
