/** What happens to a run from outside: signals, full disks, pipes, other runs, plugins that misbehave. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary.ts'
import { command, create, filesIn } from './command.ts'

const preset = {
  name: 'mine',
  title: 'Mine',
  category: 'custom',
  summary: 'does something',
  images: { agent: { repository: 'registry.example.com/mine', tag: '1.0.0' } },
  namespace: 'mine',
  controlPlane: false,
  priorityClass: '',
  rollout: { maxUnavailable: '1', minReadySeconds: 0 },
  resources: { cpu: '1m', memory: '16Mi', memoryLimit: '32Mi' },
  why: { rollout: 'One by one.' },
}

/** A folder with a plugin that has a preset `mine`. */
function folderWithPlugin(code = '', build = "({ containers: [{ name: 'mine' }] })"): string {
  const folder = temporaryFolder()
  const text = `import fs from 'node:fs'
${code}
export const presets = [{ ...${JSON.stringify(preset)}, build: () => ${build} }]
`
  writeFileSync(join(folder, 'plugin.mjs'), text)
  return folder
}

const withPlugin = ['--plugin', './plugin.mjs', 'mine', 'out']

/** Runs it by a line of a shell, in which `"$0"` is the command. */
function shell(line: string, cwd: string, env: NodeJS.ProcessEnv = {}) {
  const { npm_config_user_agent, npm_command, DAEMONLINT_DEBUG, ...rest } = process.env
  const { status, stdout, stderr } = spawnSync('bash', ['-c', line, command], {
    cwd,
    encoding: 'utf8',
    input: '',
    timeout: 50_000,
    env: { ...rest, ...env },
  })
  expect(`${stdout}${stderr}`).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m)
  return { status, stdout, stderr }
}

describe.runIf(existsSync('/dev/full'))('output that nobody takes', () => {
  it.each(['--list', '--help', 'fluent-bit --stdout', '--describe kured'])('%s', (args) => {
    expect(shell(`"$0" ${args} >/dev/full`, temporaryFolder())).toEqual({
      status: 2,
      stdout: '',
      stderr: 'create-daemonset: Standard output cannot be written: no space is left on the device.\n',
    })
    expect(shell(`"$0" ${args} >/dev/full 2>&1`, temporaryFolder()).status).toBe(2)
  })

  it('is no matter where standard error is full', () => {
    const folder = temporaryFolder()
    expect(shell('"$0" nonsense 2>/dev/full', folder)).toEqual({ status: 2, stdout: '', stderr: '' })
    expect(shell('"$0" --version 2>/dev/full', folder).status).toBe(0)
  })

  it('is no matter where the reader goes away', () => {
    const { stderr, stdout } = shell(
      '"$0" calico --stdout | head -n 1; echo "${PIPESTATUS[0]}"',
      temporaryFolder(),
    )
    expect(stderr).toBe('')
    expect(stdout).toMatch(/^# .*\n0\n$/)
  })

  it('comes whole, however slow the reader', () => {
    // More than a pipe holds.
    const args = "Array.from({ length: 20_000 }, (_, index) => 'argument-' + index)"
    const folder = folderWithPlugin('', `({ containers: [{ name: 'mine', args: ${args} }] })`)
    const { stdout } = create([...withPlugin.slice(0, 3), '--stdout'], folder)
    expect(stdout.length).toBeGreaterThan(300_000)
    expect(shell('"$0" --plugin ./plugin.mjs mine --stdout | (sleep 1; cat)', folder).stdout).toBe(stdout)
  })
})

it('says that the folder is gone', () => {
  for (const args of ['--version', 'fluent-bit x'])
    expect(shell(`mkdir gone; cd gone; rmdir ../gone; "$0" ${args}`, temporaryFolder())).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /^create-daemonset: The current folder is gone or cannot be entered: .*\n$/,
      ),
    })
})

it.each(['constructor/1', '__proto__', '', 'npx/9'])('is not confused by being called from %j', (agent) => {
  const { stdout } = create(['--help'], temporaryFolder(), { env: { npm_config_user_agent: agent } })
  expect(stdout).toContain('Usage: create-daemonset [PRESET]')
})

describe('answers that come from elsewhere', () => {
  it.each([
    '"$0" --answers /dev/stdin --stdout <<< "preset: kured"',
    '"$0" --answers <(echo "{preset: kured}") --stdout',
  ])('%s', (line) => {
    const { status, stdout } = shell(line, temporaryFolder())
    expect(status).toBe(0)
    expect(stdout).toContain('kind: DaemonSet')
  })

  it('does not wait for what never comes', () => {
    const folder = temporaryFolder()
    for (const line of ['mkfifo pipe; "$0" --answers pipe', '"$0" --answers /dev/zero'])
      expect(shell(line, folder)).toMatchObject({
        status: 2,
        stderr: expect.stringMatching(/it is no regular file\.\n$/),
      })
  })
})

describe('a plugin', () => {
  it.each([
    ['throws null', '', '(() => { throw null })()', /^create-daemonset crashed: null\nDAEMONLINT_DEBUG=1/],
    [
      'throws what has no text',
      '',
      '(() => { throw Object.create(null) })()',
      /crashed: an object that has no text\n/,
    ],
    [
      'throws later',
      'setTimeout(() => { throw 1 }); await new Promise((done) => setTimeout(done, 200))',
      '',
      /crashed: 1\n/,
    ],
    [
      'rejects',
      'Promise.reject(); await new Promise((done) => setTimeout(done, 200))',
      '',
      /crashed: undefined\n/,
    ],
    [
      'waits for ever',
      'await new Promise(() => {})',
      '',
      /waits for what never comes.* Nothing was written\.\n$/,
    ],
    [
      'ends the process',
      'process.exit(0)',
      '',
      /ended the process before all was done.* Nothing was written\.\n$/,
    ],
  ])('that %s', (_, code, build, message) => {
    const folder = folderWithPlugin(code, build || undefined)
    const { status, stdout, stderr } = shell(`"$0" ${withPlugin.join(' ')}`, folder)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(message)
    expect(filesIn(folder)).toEqual(['plugin.mjs'])
  })

  it('is not waited for', () => {
    const folder = folderWithPlugin('setInterval(() => {}, 1000)')
    expect(create(withPlugin, folder)).toMatchObject({ status: 0, stderr: '' })
    expect(existsSync(join(folder, 'out/mine.yaml'))).toBe(true)
  })

  it('does not spoil the exit code by what it leaves behind', () => {
    const folder = folderWithPlugin("process.on('exit', () => { process.exitCode = 9 })")
    expect(create(withPlugin, folder).status).toBe(0)
  })
})

/** Makes a call of `node:fs` do something before it is done: from within, for the command is one process. */
function atCall(name: string, count: number, action: string): string {
  return `const original = fs.${name}
let calls = 0
fs.${name} = (...args) => {
  if (++calls === ${count}) { ${action} }
  return original(...args)
}`
}

describe('files', () => {
  const all = ['out/create-daemonset.answers', 'out/mine.yaml', 'plugin.mjs']

  it.runIf(process.platform !== 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'are all written, or none, when %s comes in between',
    (signal) => {
      const kill = `process.kill(process.pid, '${signal}')`
      for (const [name, count] of [
        ['writeFileSync', 1],
        ['writeFileSync', 2],
        ['renameSync', 1],
        ['renameSync', 2],
        ['linkSync', 1],
        ['linkSync', 2],
        ['rmSync', 1],
      ] as const) {
        const folder = folderWithPlugin(atCall(name, count, `console.error('reached'); ${kill}`))
        mkdirSync(join(folder, 'out'))
        writeFileSync(join(folder, 'out/mine.yaml'), 'old')
        writeFileSync(join(folder, 'out/create-daemonset.answers'), 'old')
        const { signal: end, stderr } = spawnSync(command, [...withPlugin, '--force'], {
          cwd: folder,
          encoding: 'utf8',
        })
        // Which of these calls a run makes depends on whether it may overwrite.
        if (stderr === '') continue
        expect(stderr).toBe('reached\n')
        expect(end).toBe(signal)
        expect(filesIn(folder)).toEqual(all)
        expect(readFileSync(join(folder, 'out/mine.yaml'), 'utf8')).toContain('kind: DaemonSet')
        expect(readFileSync(join(folder, 'out/create-daemonset.answers'), 'utf8')).toContain('preset: mine')
      }
    },
  )

  it('are put back where the disk is full, and the signal has its effect all the same', () => {
    const full = "process.kill(process.pid, 'SIGTERM'); throw Object.assign(new Error(), { code: 'ENOSPC' })"
    const folder = folderWithPlugin(atCall('renameSync', 2, full))
    mkdirSync(join(folder, 'out'))
    writeFileSync(join(folder, 'out/mine.yaml'), 'old')
    const { signal, stderr } = spawnSync(command, [...withPlugin, '--force'], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(signal).toBe('SIGTERM')
    expect(stderr).toMatch(/^create-daemonset: Nothing was written: .* no space is left on the device\.\n$/)
    expect(filesIn(folder)).toEqual(['out/mine.yaml', 'plugin.mjs'])
    expect(readFileSync(join(folder, 'out/mine.yaml'), 'utf8')).toBe('old')
  })

  it.runIf(process.platform !== 'win32')(
    'are never missing, and what a killed run leaves is cleared away',
    () => {
      const folder = folderWithPlugin(atCall('renameSync', 2, "process.kill(process.pid, 'SIGKILL')"))
      mkdirSync(join(folder, 'out'))
      writeFileSync(join(folder, 'out/mine.yaml'), 'old')
      writeFileSync(join(folder, 'out/create-daemonset.answers'), 'old')
      expect(spawnSync(command, [...withPlugin, '--force'], { cwd: folder }).signal).toBe('SIGKILL')
      expect(filesIn(folder)).toEqual(expect.arrayContaining(all))
      writeFileSync(join(folder, 'plugin.mjs'), readFileSync(join(folderWithPlugin(), 'plugin.mjs')))
      expect(create([...withPlugin, '--force'], folder).status).toBe(0)
      expect(filesIn(folder).filter((path) => path.endsWith('.new'))).toEqual([])
      expect(readFileSync(join(folder, 'out/create-daemonset.answers'), 'utf8')).toContain('preset: mine')
    },
  )

  it('are those of one run, when several start at once without --force', async () => {
    // Each has seen that nothing is there before any of them begins to write.
    const wait = "original('ready/' + process.pid, ''); while (fs.readdirSync('ready').length < 4) {}"
    const folder = folderWithPlugin(atCall('writeFileSync', 1, wait))
    mkdirSync(join(folder, 'ready'))
    const runs = ['a', 'b', 'c', 'd'].map(
      (name) =>
        new Promise<{ name: string; code: number | null }>((resolve) => {
          const args = [...withPlugin, '--name', name, '--output', 'files', '--no-lint']
          const child = spawn(command, args, { cwd: folder, stdio: 'ignore' })
          child.on('close', (code) => resolve({ name, code }))
        }),
    )
    const results = await Promise.all(runs)
    const winners = results.filter(({ code }) => code === 0)
    expect(winners).toHaveLength(1)
    expect(results.filter(({ code }) => code === 2)).toHaveLength(3)
    const { name } = winners[0]!
    expect(readFileSync(join(folder, 'out/create-daemonset.answers'), 'utf8')).toContain(`name: ${name}\n`)
    for (const path of filesIn(join(folder, 'out')))
      for (const other of 'abcd'.replace(name, ''))
        expect(readFileSync(join(folder, 'out', path), 'utf8')).not.toContain(`name: ${other}\n`)
    expect(filesIn(folder).filter((path) => path.includes('.create-daemonset-'))).toEqual([])
  })
})
