import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { command, daemonlint, daemonSet, folder } from './command.ts'

/** What runs until it is told to end. */
interface Watching {
  /** What the next run, or that after it, prints, once it holds a text. */
  until(text: string): Promise<string>
  /** How many runs there were. */
  runs(): number
  end(signal?: NodeJS.Signals): Promise<number | null>
}

function watching(cwd: string, ...args: string[]): Watching {
  const child: ChildProcess = spawn(process.execPath, [command, '--watch', ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let seen = 0
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (data) => (output += String(data)))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  onTestFinished(() => void child.kill('SIGKILL'))
  return {
    async until(text) {
      for (let turn = 0; turn < 300; turn++) {
        const fresh = output.slice(seen)
        const at = fresh.indexOf(text)
        const end = at < 0 ? -1 : fresh.indexOf('Waiting for changes', at)
        if (end >= 0) {
          seen += end + 'Waiting for changes'.length
          return fresh.slice(0, end)
        }
        await wait(50)
      }
      throw new Error(`'${text}' does not come: ${output.slice(seen)}`)
    },
    runs: () => output.split('Waiting for changes').length - 1,
    end(signal = 'SIGINT') {
      child.kill(signal)
      return ended
    },
  }
}

const latest = daemonSet({ image: 'registry.example.com/agent:latest' })
const clean = '1 file read'
const suppressions = 'daemonlint-suppressions.json'

describe('--watch', () => {
  it('lints again when suppressions are written, broken and removed, wherever the files are', async () => {
    const cwd = folder({ '.git/HEAD': '', 'k8s/agent.yaml': latest })
    const run = watching(cwd, 'k8s')
    await run.until('image-tag')
    daemonlint(['--suppress-all', 'k8s'], { cwd })
    expect(await run.until(`${suppressions} changed.`)).toContain('1 finding suppressed')
    writeFileSync(join(cwd, suppressions), '{')
    await run.until('It is no JSON')
    rmSync(join(cwd, suppressions))
    await run.until('image-tag')
    expect(await run.end()).toBe(130)
  })

  it('lints again after every kind of change, and ends with 130', async () => {
    const cwd = folder({ '.git/HEAD': '', 'k8s/agent.yaml': daemonSet() })
    const run = watching(cwd)
    expect(await run.until(clean)).not.toContain('image-tag')

    writeFileSync(join(cwd, 'k8s/agent.yaml'), latest)
    expect(await run.until('image-tag')).toContain('k8s/agent.yaml changed.')

    // As editors save.
    writeFileSync(join(cwd, 'k8s/agent.yaml~'), daemonSet())
    renameSync(join(cwd, 'k8s/agent.yaml~'), join(cwd, 'k8s/agent.yaml'))
    expect(await run.until('k8s/agent.yaml changed.')).not.toContain('image-tag')

    mkdirSync(join(cwd, 'k8s/new/deep'), { recursive: true })
    writeFileSync(join(cwd, 'k8s/new/deep/b.yaml'), latest)
    expect(await run.until('2 files read')).toContain('deep/b.yaml')

    rmSync(join(cwd, 'k8s/new'), { recursive: true })
    expect(await run.until(clean)).not.toContain('image-tag')

    mkdirSync(join(cwd, 'k8s/new'))
    writeFileSync(join(cwd, 'k8s/new/b.yaml'), latest)
    expect(await run.until('image-tag')).toContain('new/b.yaml')

    const kustomization = 'resources: [b.yaml]\nimages: [{ name: registry.example.com/agent, newTag: v1 }]\n'
    writeFileSync(join(cwd, 'k8s/new/kustomization.yaml'), kustomization)
    expect(await run.until('3 files read')).not.toContain('image-tag')
    expect(await run.end()).toBe(130)
  })

  it('survives a configuration that is broken, and reads again one that is a program, and what it loads', async () => {
    const cwd = folder({ 'agent.yaml': latest, 'daemonlint.config.mjs': 'export default [' })
    const run = watching(cwd)
    await run.until('daemonlint.config.mjs')
    const config =
      "import severity from './lib/severity.mjs'\nexport default [{ rules: { 'image-tag': severity } }]\n"
    mkdirSync(join(cwd, 'lib'))
    writeFileSync(join(cwd, 'lib/severity.mjs'), "export default 'error'\n")
    writeFileSync(join(cwd, 'daemonlint.config.mjs'), config)
    expect(await run.until('image-tag')).toContain('error')
    writeFileSync(join(cwd, 'lib/severity.mjs'), "export default 'warn'\n")
    expect(await run.until('image-tag')).toContain('warning')
    writeFileSync(join(cwd, 'lib/severity.mjs'), "process.exit(0)\nexport default 'off'\n")
    await run.until('ended the process')
    writeFileSync(join(cwd, 'lib/severity.mjs'), "export default 'off'\n")
    expect(await run.until(clean)).not.toContain('image-tag')
    expect(await run.end('SIGTERM')).toBe(143)
  })

  it('mends what is saved, and does not answer itself', async () => {
    const wrong = daemonSet().replace('kubernetes.io/os', 'beta.kubernetes.io/os')
    const cwd = folder({ 'agent.yaml': wrong })
    const run = watching(cwd, '--fix', '--output-file', 'report.json', '--format', 'json')
    await run.until('Took')
    expect(readFileSync(join(cwd, 'agent.yaml'), 'utf8')).toBe(daemonSet())
    await wait(1500)
    expect(run.runs()).toBe(1)
    writeFileSync(join(cwd, 'agent.yaml'), `${wrong}# saved\n`)
    await run.until('agent.yaml changed.')
    await wait(1500)
    expect(run.runs()).toBe(2)
    expect(readFileSync(join(cwd, 'agent.yaml'), 'utf8')).toBe(`${daemonSet()}# saved\n`)
    await run.end()
  })

  it('waits for what is named and not there yet, and sees no other files', async () => {
    const cwd = folder({ 'other.yaml': daemonSet() })
    const run = watching(cwd, 'agent.yaml')
    await run.until('agent.yaml does not exist.')
    writeFileSync(join(cwd, 'agent.yaml'), latest)
    await run.until('image-tag')
    const runs = run.runs()
    writeFileSync(join(cwd, 'notes.txt'), '')
    writeFileSync(join(cwd, '.agent.yaml.swp'), '')
    await wait(1000)
    expect(run.runs()).toBe(runs)
    await run.end()
  })

  it.each(['--stdin', '--staged', '--suppress-all'])('cannot be used with %s', (flag) => {
    const { status, stderr } = daemonlint(['--watch', flag], { cwd: folder() })
    expect(stderr).toContain(`${flag} and --watch cannot be used together.`)
    expect(status).toBe(2)
  })
})
