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
    ['1.29-1.31', ['1.29', '1.30', '1.31']],
    ['v1.29.3 - 1.30, 1.36', ['1.29', '1.30', '1.36']],
    ['1.31-1.31', ['1.31']],
    [
      ['1.36', '1.29', '1.36'],
      ['1.29', '1.36'],
    ],
  ])('reads %j', (given, expected) => expect(normaliseVersions(given)).toEqual(expected))

  it.each(['1.28', '2', 'latest', '1.3', '1.29-1.99', '1.2-1.30', '1.29-1.30-1.31', '1.29-31', '1.29..1.31'])(
    'refuses %j and says what is allowed',
    (given) => {
      expect(() => normaliseVersions(given)).toThrow(/'.*' is not known; allowed are 1\.29 to 1\.36/)
    },
  )

  it('refuses a range that runs backwards', () => {
    expect(() => normaliseVersions('1.33-1.29')).toThrow("run backwards: write '1.29-1.33'")
  })

  it('refuses a number, for YAML makes 1.3 of 1.30, and says what was meant', () => {
    const message = (value: unknown) => {
      try {
        return normaliseVersions(value as string).join()
      } catch (error) {
        return (error as Error).message
      }
    }
    expect(message(1.3)).toMatch(/1\.30 is the number 1\.3 .* in quotes, '1\.30'\.$/)
    expect(message(1.31)).toMatch(/1\.31 is a number, not text: write it in quotes, '1\.31'\.$/)
    expect(message([1.31])).toMatch("'1.31'")
    expect(message(true)).toMatch('true is not text; allowed are 1.29 to 1.36, in quotes.')
  })

  it('refuses an empty list', () => expect(() => normaliseVersions([])).toThrow('No Kubernetes version'))
})
