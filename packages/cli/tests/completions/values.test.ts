import { describe, expect, it } from 'vitest'
import { argumentsOf, valueFor } from '../../src/completions/values.ts'

describe('what the help calls a value', () => {
  it.each([
    ['FILE', { kind: 'file' }],
    ['NAME|FILE', { kind: 'file' }],
    ['GLOB', { kind: 'file' }],
    ['[DIRECTORY]', { kind: 'directory' }],
    ['REF', { kind: 'ref' }],
    ['N', { kind: 'any' }],
    ['TEXT,…', { kind: 'any' }],
    ['RULE', { kind: 'list', list: 'findings' }],
    ['[PRESET]', { kind: 'list', list: 'presets' }],
    ['bash|zsh|fish', { kind: 'words', words: ['bash', 'zsh', 'fish'] }],
    ['metadata|content', { kind: 'words', words: ['metadata', 'content'] }],
  ])('%s', (text, expected) => expect(valueFor(text)).toEqual(expected))

  it.each([
    ['NAME', 'formats', { kind: 'list', list: 'formats' }],
    ['NAME[=FILE]', 'formats', { kind: 'list', list: 'formats', follows: '=' }],
    ["'ID: SEVERITY'", 'settings', { kind: 'list', list: 'rules', follows: ':' }],
    ['V[,V]', 'versions', { kind: 'list', list: 'versions' }],
  ] as const)('%s of %s', (text, completes, expected) => expect(valueFor(text, completes)).toEqual(expected))

  it('arguments', () => {
    expect(argumentsOf(undefined)).toEqual([])
    expect(argumentsOf('[PRESET] [DIRECTORY]')).toEqual([
      { kind: 'list', list: 'presets' },
      { kind: 'directory' },
    ])
  })
})
