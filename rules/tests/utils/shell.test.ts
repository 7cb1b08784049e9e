import { describe, expect, it } from 'vitest'
import {
  commandsOf,
  commandsOfScript,
  programOf,
  scriptIndexOf,
  trapHandlersOf,
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
