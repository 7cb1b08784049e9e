import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary.ts'
import { command, filesIn } from './command.ts'

/** What gives a program a terminal: util-linux's `script`, whose flags others of that name do not have. */
const hasTerminal =
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true
if (!hasTerminal)
  console.log('skipped: the prompts, for there is no `script` of util-linux to give them a terminal')

const enter = '\r'
const escapeKey = '\u001b'
const interrupt = '\u0003'

/**
 * Runs the command in a terminal: waits for each text, then types what stands beside it.
 * @returns the exit code and what was shown
 */
function talk(
  args: string[],
  cwd: string,
  steps: [string, string][],
): Promise<{ code: number | null; shown: string }> {
  const line = [command, ...args].map((word) => `'${word}'`).join(' ')
  // A terminal of no size has one column.
  const child = spawn('script', ['-qec', `stty cols 120 rows 60; exec ${line}`, '/dev/null'], {
    cwd,
    env: { ...process.env, TERM: 'xterm', COLUMNS: '120', LINES: '60', NO_COLOR: '1' },
  })
  return new Promise((resolve, reject) => {
    let raw = ''
    let shown = ''
    let seen = 0
    const rest = [...steps]
    const timer = setTimeout(() => {
      child.kill()
      reject(new Error(`It never said '${rest[0]?.[0]}':\n${shown}`))
    }, 45_000)
    child.stdout.setEncoding('utf8')
    child.stdout.on('data', (text: string) => {
      // Colours and moves of the cursor may stand within a word.
      raw += text
      shown = stripVTControlCharacters(raw)
      const [step] = rest
      const at = step ? shown.indexOf(step[0], seen) : -1
      if (!step || at < 0) return
      seen = at + step[0].length
      rest.shift()
      // A prompt listens a moment after it is shown.
      setTimeout(() => child.stdin.write(step[1]), 150)
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({ code, shown })
    })
  })
}

describe.skipIf(!hasTerminal)('prompts', () => {
  it('asks for a log agent, corrects what is mistyped, goes back, and writes', async () => {
    const folder = temporaryFolder()
    const { code, shown } = await talk([], folder, [
      ['Which daemon?', 'fluent-bit'],
      ['Fluent Bit', enter],
      ['What shall it be called?', `Agent!${enter}`],
      ['may hold lower case letters', `${'\u007f'.repeat(6)}agent${enter}`],
      ['In which namespace?', `first${enter}`],
      ['Which image?', escapeKey],
      ['In which namespace?', `team${enter}`],
      ['Which image?', enter],
      ['On which nodes?', enter],
      ['control plane too?', enter],
      ['Which other taints', enter],
      ['How are updates rolled out?', enter],
      ['On how many nodes at once?', `200%${enter}`],
      ['is more than 100%', `${'\u007f'.repeat(4)}5%${enter}`],
      ['How much CPU and memory?', enter],
      ['Which priority class?', enter],
      ['How is it scraped?', enter],
      ['A NetworkPolicy', enter],
      ['Where do the logs go?', enter],
      ['At which URL?', `https://es.example.com:9243${enter}`],
      ['CA of your own?', `n`],
      ['How does the agent identify itself?', enter],
      ['In which Secret', enter],
      ['a data stream?', enter],
      ['called?', enter],
      ['journal', enter],
      ['In which form?', enter],
      ['Into which folder?', `out${enter}`],
      ['Write these files?', enter],
    ])
    expect(shown).toContain('nothing found')
    expect(code).toBe(0)
    expect(filesIn(folder)).toEqual(['out/agent.yaml', 'out/create-daemonset.answers'])
    const text = readFileSync(join(folder, 'out/agent.yaml'), 'utf8')
    expect(text).toMatch(/namespace: team/)
    expect(text).toMatch(/maxUnavailable: 5%/)
    expect(text).toMatch(/host: es\.example\.com/)
  }, 60_000)

  it('leaves nothing behind after Ctrl-C half-way', async () => {
    const folder = temporaryFolder()
    const { code, shown } = await talk(['vector', 'out'], folder, [
      ['What shall it be called?', enter],
      ['In which namespace?', enter],
      ['Which image?', interrupt],
    ])
    expect(shown).toContain('Cancelled: nothing was written.')
    expect(code).toBe(130)
    expect(filesIn(folder)).toEqual([])
  }, 60_000)

  it('asks before it goes on with what is archived', async () => {
    const folder = temporaryFolder()
    const { code, shown } = await talk(['weave-net', 'out'], folder, [['Go on with it all the same?', enter]])
    expect(shown).toContain('Successor:')
    expect(code).toBe(130)
    expect(filesIn(folder)).toEqual([])
  }, 60_000)
})
