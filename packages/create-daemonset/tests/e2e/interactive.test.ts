import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
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

/** What is answered is not asked. */
const answersOfFlannel =
  '--image ghcr.io/flannel-io/flannel:v0.28.9 --nodes all --control-plane --tolerations all --update-type RollingUpdate --max-unavailable 1 --resources recommended --priority-class system-node-critical --pod-cidr 10.244.0.0/16 --backend vxlan --no-direct-routing --mtu 0 --iface none --no-nftables --health-port 8081'.split(
    ' ',
  )
const answersOfCustom =
  '--name node-agent --namespace node-agents --image registry.example.com/agent:1.4.2 --registry none --nodes all --os linux --arch any --no-virtual-nodes --control-plane --tolerations none --update-type RollingUpdate --min-ready-seconds 10 --resources recommended --priority-class own --monitor none --no-network-policy --command none --args none --env none --secrets none --config-file none --health http --health-port 8080 --live-path /healthz --ready-path /healthz --ports none --host-paths none --writable-dirs none --no-host-network --no-host-pid --no-privileged --capabilities none --user 65532 --read-only-root --cluster-rules none --namespace-rules none --grace-period 30 --output single'.split(
    ' ',
  )

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
    let isTyping = false
    const advance = () => {
      const [step] = rest
      const at = step ? shown.indexOf(step[0], seen) : -1
      if (!step || at < 0 || isTyping) return
      seen = at + step[0].length
      rest.shift()
      isTyping = true
      // A prompt listens a moment after it is shown.
      setTimeout(() => {
        child.stdin.write(step[1])
        isTyping = false
        advance()
      }, 150)
    }
    child.stdout.on('data', (text: string) => {
      // Colours and moves of the cursor may stand within a word.
      raw += text
      shown = stripVTControlCharacters(raw)
      advance()
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
      ['only lower-case letters', `${'\u007f'.repeat(6)}agent${enter}`],
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

  it('goes back from form, folder and the last question, with all answers kept', async () => {
    const folder = temporaryFolder()
    const { code, shown } = await talk(['flannel', ...answersOfFlannel], folder, [
      ['What shall it be called?', `net${enter}`],
      ['In which namespace?', `first${enter}`],
      ['In which form?', enter],
      ['Into which folder?', escapeKey],
      ['In which form?', escapeKey],
      ['In which namespace?', `second${enter}`],
      ['In which form?', enter],
      ['Into which folder?', `out${enter}`],
      ['Write these files?', escapeKey],
      ['Into which folder?', enter],
      ['Write these files?', enter],
    ])
    expect(shown).toContain('nothing found')
    expect(code).toBe(0)
    expect(filesIn(folder)).toEqual(['out/create-daemonset.answers', 'out/net.yaml'])
    expect(readFileSync(join(folder, 'out/net.yaml'), 'utf8')).toMatch(/namespace: second/)
  }, 60_000)

  it('tells what does not go together, and lets an answer be changed', async () => {
    const folder = temporaryFolder()
    // A folder for state and a new pod beside the old one.
    const { code, shown } = await talk(
      ['custom', 'out', ...answersOfCustom, '--max-surge', '1', '--max-unavailable', '0'],
      folder,
      [
        ['In which folder of the node does it keep', `/var/lib/agent${enter}`],
        ['And where does it see it?', enter],
        ['With --max-surge the old and the new pod', ''],
        ['Which one?', 'state-dir'],
        ['(1 match)', enter],
        ['In which folder of the node does it keep', `none${enter}`],
        ['Write these files?', enter],
      ],
    )
    expect(shown).toContain('Linted')
    expect(code).toBe(0)
    expect(filesIn(folder)).toEqual(['out/create-daemonset.answers', 'out/node-agent.yaml'])
  }, 60_000)

  it('keeps the answers where files cannot be written, or shall not be overwritten', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'file'), '')
    mkdirSync(join(folder, 'full'))
    writeFileSync(join(folder, 'full/flannel.yaml'), 'mine')
    const names = ['--name', 'flannel', '--namespace', 'kube-flannel']
    const { code, shown } = await talk(['flannel', 'file', ...answersOfFlannel, ...names], folder, [
      ['In which form?', enter],
      ['Write these files?', enter],
      ['file is a file', ''],
      ['Which one?', 'folder'],
      ['(1 match)', enter],
      ['Into which folder?', `full${enter}`],
      ['Write these files?', enter],
      ['Overwrite flannel.yaml?', 'n'],
      ['Write these files?', `\u001b[B${enter}`],
      ['Which one?', 'folder'],
      ['(1 match)', enter],
      ['Into which folder?', `out${enter}`],
      ['Write these files?', enter],
    ])
    expect(shown).toContain('nothing found')
    expect(code).toBe(0)
    expect(filesIn(folder)).toEqual([
      'file',
      'full/flannel.yaml',
      'out/create-daemonset.answers',
      'out/flannel.yaml',
    ])
    expect(readFileSync(join(folder, 'full/flannel.yaml'), 'utf8')).toBe('mine')
  }, 60_000)

  it('tells what flags say wrongly before it asks', async () => {
    const folder = temporaryFolder()
    const { code, shown } = await talk(['fluent-bit', 'out', '--name', 'A', '--pod-cidr', 'x'], folder, [])
    expect(shown).toContain('does not ask for podCidr')
    expect(shown).toContain('--name: ')
    expect(shown).not.toContain('In which namespace?')
    expect(code).toBe(2)
  }, 60_000)
})
