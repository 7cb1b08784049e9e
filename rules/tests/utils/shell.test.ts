import { describe, expect, it } from 'vitest'
import {
  commandsOf,
  commandsOfScript,
  mayBranch,
  mayKeep,
  programOf,
  scriptIndexOf,
  trapHandlersOf,
  wordIndexOf,
} from '../../src/utils/shell.ts'

describe('scriptIndexOf', () => {
  it.each([
    [['sh', '-c', 'a'], 2],
    [['/bin/bash', '-e', '-c', 'a', 'b'], 3],
    [['sh', '-euc', 'a'], 2],
    [['busybox', 'sh', '-c', 'a'], 3],
    [['sh', '-ce', 'a'], 2],
    [['sh', '-c', '-e', 'a'], 3],
    [['bash', '-euo', 'pipefail', '-c', 'a'], 4],
    [['bash', '-ceuo', 'pipefail', 'a'], 3],
    [['bash', '--norc', '+O', 'extglob', '-lc', 'a'], 5],
    [['sh', 'script.sh', '-c', 'a'], -1],
    [['sh', '-C', 'a'], -1],
    [['sh', '-c'], -1],
    [['sh', 'script.sh'], -1],
    [['agent', '-c', 'a'], -1],
    [[], -1],
  ])('%j → %i', (words, index) => expect(scriptIndexOf(words)).toBe(index))
})

describe('commandsOf', () => {
  it('takes a line without a shell for one command', () => {
    expect(commandsOf(['rm', '-f', 'a; b'])).toEqual([['rm', '-f', 'a; b']])
    expect(commandsOf([])).toEqual([])
  })

  it.each([
    ['a 1; b && c || d | e', [['a', '1'], ['b'], ['c'], ['d'], ['e']]],
    ['a 2>&1 &\nb # c\n# d', [['a', '2>&1'], ['b']]],
    ['a \'x y\' "z"', [['a', 'x y', 'z']]],
    ['if a; then exec b; fi', [['a'], ['b']]],
    ['stop() {\n  a \\\n  b\n}', [['a', 'b']]],
  ])('splits %j', (script, commands) => {
    expect(commandsOf(['sh', '-c', script])).toEqual(commands)
    expect(commandsOfScript(script)).toEqual(commands)
  })
})

it('finds what a script runs when it is asked to stop', () => {
  expect(trapHandlersOf('trap \'a; b\' TERM\ntrap "c" EXIT')).toEqual(['a; b', 'c'])
  expect(trapHandlersOf('end() { a; }\ntrap end TERM').map((text) => text.trim())).toEqual(['a;'])
  expect(trapHandlersOf('trap other TERM; strap a b')).toEqual([])
})

it('names the program of a command', () => {
  expect(programOf(['/bin/sleep', '1'])).toBe('sleep')
  expect(programOf([])).toBe('')
})

it('finds the word, or the script that it is in', () => {
  expect(wordIndexOf(['rm', '-f', '/a'], '/a')).toBe(2)
  expect(wordIndexOf(['sh', '-c', 'rm /a', '/a'], '/a')).toBe(2)
  expect(wordIndexOf(['rm'], '/a')).toBe(-1)
})

describe('mayBranch', () => {
  it.each([
    ['a && sleep 5', false],
    ['a 2>&1; b', false],
    ['[ -f /a ]; sleep 5 && b', false],
    ['latest a && sleep 5', false],
    ['echo wait for it; sleep 5', false],
    ['# if\nsleep 5', false],
    ['[ -f /a ] && sleep 5', true],
    ['[[ a && b ]] && sleep 5', true],
    ['a; test -f /a && sleep 5', true],
    ['! [ -f /a ] && sleep 5', true],
    ['a || sleep 5', true],
    ['sleep 5 & a', true],
    ['a\n  if b; then', true],
    ['for i in 1; do sleep 5; done', true],
    ['a() { sleep 5; }', true],
    ['function a { sleep 5; }', true],
  ])('%j → %s', (script, expected) => expect(mayBranch(script)).toBe(expected))
})

describe('mayKeep', () => {
  it.each([
    ['rm -f /a', false],
    ['rm -f "/a" || true', false],
    ['a || true; rm -f /a', false],
    ['[ -f /a ] && rm /a', false],
    ['test -e /a || exit 0; rm /a', false],
    ['if [ -f "/a" ]\nthen\n  rm "/a"\nfi', false],
    ['if a; then if b; then c; fi; fi; rm /a', false],
    ['case $A in a) b;; esac; rm /a', false],
    ['while a; do b; done\nrm /a', false],
    ['for i in b c; do rm /a; done', false],
    ['end() { rm /a; }; end', false],
    ['echo "waiting for it"; rm /a', false],
    ['# if\nrm /a', false],
    ['if b; then rm /a; fi', true],
    ['if [ -e /a ] && [ "$B" = true ]; then rm /a; fi', true],
    ['if a; then if b; then c; fi; rm /a; fi', true],
    ['if a; then for i in b c; do rm /a; done; fi', true],
    ['if a; then exit 0; fi; rm /a', true],
    ['[ -f /b ] && rm /a', true],
    ['[ -f /b ] || exit 0\nrm /a', true],
    ['a || { b; rm /a; }', true],
    ['case $A in a) rm /a;; esac', true],
    ['a || for i in b c; do rm /a; done', true],
    // Not where a command is seen to remove it
    ['if b; then ""rm "/"a; fi', true],
  ])('%j → %s', (script, expected) => expect(mayKeep(script, '/a')).toBe(expected))
})
