import { describe, expect, it } from 'vitest'
import { globToRegExp } from '../../src/lint/glob.ts'
import { filesMatcher, ignoresMatcher, ignoresTreeMatcher, pathMatcher } from '../../src/lint/match-files.ts'

describe('globToRegExp', () => {
  it.each([
    ['*.yaml', 'a.yaml', true],
    ['*.yaml', 'd/a.yaml', false],
    ['*.yaml', '.yaml', true],
    ['*', 'a', true],
    ['*', '.hidden', true],
    ['*', '', false],
    ['**/*.yaml', 'a.yaml', true],
    ['**/*.yaml', 'd/e/a.yaml', true],
    ['**/*.yaml', 'd/e/a.yml', false],
    ['**', 'd/e/a.yml', true],
    ['d/**', 'd/e/a.yml', true],
    ['d/**', 'd/', true],
    ['d/**', 'dd/a', false],
    ['d/**/a', 'd/a', true],
    ['d/**/a', 'd/x/y/a', true],
    ['d/**/a', 'd/x/ya', false],
    ['d/*/a', 'd/x/a', true],
    ['d/*/a', 'd/a', false],
    ['d/*/a', 'd/x/y/a', false],
    ['a**b', 'axxb', true],
    ['a**b', 'ax/xb', false],
    ['./a', 'a', true],
    ['/a', 'a', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['a?c', 'a/c', false],
    ['a.c', 'abc', false],
    ['[ab].c', 'b.c', true],
    ['[!ab].c', 'b.c', false],
    ['[^ab].c', 'c.c', true],
    ['[!a]', '/', false],
    ['[0-9]', '5', true],
    ['[]]', ']', true],
    ['[a', '[a', true],
    ['{a,b}.yaml', 'b.yaml', true],
    ['{a,b}.yaml', 'c.yaml', false],
    ['**/*.{yml,yaml}', 'x/y.yaml', true],
    ['{a,b{c,d/**}}', 'bd/x', true],
    ['{a,b{c,d/**}}', 'bc', true],
    ['{a}', '{a}', true],
    ['{a', '{a', true],
    ['{,a}b', 'b', true],
    ['a+(1).yaml'.replace('+', ''), 'a(1).yaml', true],
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['\\{a,b\\}', '{a,b}', true],
    ['ä/*', 'ä/ö', true],
    ['?', '😀', true],
    ['$^.|', '$^.|', true],
    ['../*.yaml', '../a.yaml', true],
    ['**/*.yaml', '../a.yaml', true],
  ])('%s on %s: %s', (glob, path, expected) => {
    expect(globToRegExp(glob).test(path)).toBe(expected)
  })

  it.each(['!(a)', '@(a|b).yaml', 'd/+(a)', '?(a)'])('says that it does not know %s', (glob) => {
    expect(() => globToRegExp(glob)).toThrow(/extended pattern/)
  })

  it('takes no exponential time', () => {
    const start = performance.now()
    expect(globToRegExp('**/a*a*a*a*b').test(`${'a'.repeat(60)}/${'a'.repeat(60)}`)).toBe(false)
    expect(performance.now() - start).toBeLessThan(500)
  })
})

describe('matchers', () => {
  it('turns a glob with ! round', () => {
    expect(pathMatcher('!*.yaml')('a.yml')).toBe(true)
    expect(pathMatcher('!*.yaml')('a.yaml')).toBe(false)
  })

  it('takes one of files, and all of a list in it', () => {
    const matches = filesMatcher(['a/*', ['b/**', '**/*.yml']])
    expect(['a/x', 'b/c/x.yml', 'b/x.yaml', 'c.yml'].map(matches)).toEqual([true, true, false, false])
  })

  it('lets the last of ignores decide', () => {
    const ignored = ignoresMatcher(['*.yaml', '!keep.yaml', 'keep.yaml.bak'])
    expect(['a.yaml', 'keep.yaml', 'a.yml'].map(ignored)).toEqual([true, false, false])
    expect(ignoresMatcher(['!a', 'a'])('a')).toBe(true)
  })

  it('refuses braces that stand for too much, however they are written', () => {
    for (const glob of [
      '{a,b}'.repeat(26),
      `${'{,'.repeat(5000)}${'}'.repeat(5000)}`,
      `{${','.repeat(2000)}}`,
    ])
      expect(() => pathMatcher(glob)).toThrow(/more than 1000 others/)
    expect(pathMatcher('{a,b}'.repeat(9))('abababaab')).toBe(true)
  })

  it('ignores a folder with all that is in it', () => {
    const ignored = ignoresTreeMatcher(['vendor/', '**/gen', 'old/**', '!old/keep.yaml', 'x/*', '!x/y.yaml'])
    const paths = [
      'vendor/a/b.yaml',
      'vendor/',
      'vendor',
      'a/gen/b',
      'a/gen',
      'old/a',
      'old/keep.yaml',
      'x/z',
      'x/y.yaml',
      'b',
    ]
    expect(paths.filter(ignored)).toEqual([
      'vendor/a/b.yaml',
      'vendor/',
      'a/gen/b',
      'a/gen',
      'old/a',
      'old/keep.yaml',
      'x/z',
    ])
  })
})
