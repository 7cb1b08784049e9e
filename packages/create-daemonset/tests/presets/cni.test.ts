import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { scaffold } from '../../src/index.ts'
import { scaffolded } from './network-objects.ts'

const image = 'registry.example.com/cni-agent:1.4.2'

const cni = (answers: Record<string, unknown> = {}) => scaffolded('cni', { image, ...answers })

describe('cni', () => {
  it('needs an image, which is nobody else’s', () => {
    expect(() => scaffold({ preset: 'cni' })).toThrow(/--image: The image is your own/)
  })

  it('writes the answers into the configuration of the network', () => {
    const conflist = JSON.parse(
      cni({
        name: 'blue',
        plugin: 'blue-net',
        cniVersion: '0.4.0',
        mtu: 1400,
        chained: ['portmap'],
        pluginOptions: ['log=info', 'routes=true', 'weight=3'],
      }).file('network.conflist'),
    )
    expect(conflist).toEqual({
      cniVersion: '0.4.0',
      name: 'blue',
      plugins: [
        { type: 'blue-net', mtu: 1400, log: 'info', routes: true, weight: 3 },
        { type: 'portmap', capabilities: { portMappings: true } },
      ],
    })
  })

  it('lets the agent neither write the configuration nor have more rights than it was said to need', () => {
    const [agent, configure] = cni().pod.containers
    expect(agent!.volumeMounts!.map(({ name }) => name)).not.toContain('cni-conf')
    expect(agent!.securityContext!.capabilities).toEqual({ drop: ['ALL'], add: ['NET_ADMIN', 'NET_RAW'] })
    expect(configure!.securityContext!.capabilities).toEqual({ drop: ['ALL'], add: ['DAC_OVERRIDE'] })
    expect(cni({ ebpf: true, netns: true }).pod.containers[0]!.securityContext!.capabilities!.add).toEqual([
      'BPF',
      'NET_ADMIN',
      'NET_RAW',
      'PERFMON',
      'SYS_ADMIN',
    ])
  })

  it('reads its files one by one where a folder would change while it runs', () => {
    const { pod } = cni()
    const mounts = pod.containers[1]!.volumeMounts!.filter(({ name }) => name === 'config')
    expect(mounts.map(({ mountPath, subPath }) => [mountPath, subPath])).toEqual([
      ['/etc/cni-daemon/configure.sh', 'configure.sh'],
      ['/etc/cni-daemon/network.conflist', 'network.conflist'],
    ])
  })

  it('leaves the profile of AppArmor for BPF only', () => {
    const contextOf = (answers = {}) => cni(answers).pod.containers[0]!.securityContext
    expect(contextOf()).not.toHaveProperty('appArmorProfile')
    expect(contextOf({ ebpf: true })).toMatchObject({ appArmorProfile: { type: 'Unconfined' } })
  })

  it('comes to a node with its taint at startup by a toleration of every taint that keeps pods away', () => {
    for (const tolerations of [['all'], ['all:NoSchedule']])
      expect(() => cni({ startupTaint: 'example.com/not-ready', tolerations })).not.toThrow()
  })

  it('has no hook that takes anything away', () => {
    expect(JSON.stringify(cni().pod)).not.toMatch(/preStop|lifecycle/)
    expect(cni({ cleanup: false }).file('configure.sh')).not.toMatch(/\brm\b/)
  })

  it.each([
    [{ chained: ['istio'] }, /'istio' is none of portmap/],
    [{ pluginOptions: ['log'] }, /'log' is no setting. Expected KEY=VALUE, such as log=info/],
    [{ pluginOptions: ['ipam=host-local'] }, /\(ipam\) is an object/],
    [{ pluginOptions: ['log=info', 'type=other'] }, /type is no setting here: it comes from --plugin/],
    [{ pluginOptions: ['name=other'] }, /it comes from --name/],
    [{ pluginOptions: ['cniVersion=0.2.0'] }, /it comes from --cni-version/],
    [{ pluginOptions: ['mtu=1400'] }, /it comes from --mtu/],
    [{ plugin: '../evil' }, /no file name/],
    [{ readyPath: '/ready; reboot' }, /no path of a URL/],
    [{ startupTaint: 'example.com/not-ready', tolerations: [] }, /needs a toleration of every taint/],
    [
      { startupTaint: 'example.com/not-ready', tolerations: ['all:NoExecute'] },
      /needs a toleration of every taint/,
    ],
    [{ apiServer: 'https://api' }, /no address/],
  ])('refuses %j', (answers, message) => {
    expect(() => scaffold({ preset: 'cni', image, ...answers })).toThrow(message)
  })
})

describe.runIf(process.platform === 'linux')('the scripts of cni', () => {
  let folder: string
  const at = (...parts: string[]) => join(folder, ...parts)

  /** A script with the folders of the container below the test's own. */
  function script(name: string): string {
    const text = cni()
      .file(name)
      .replaceAll(/(\/host\/|\/etc\/cni-|\/opt\/cni\/bin\/own-cni\b)/g, (path, _, offset, all) =>
        all[offset - 1] === 't' ? path : `${folder}${path}`,
      )
    writeFileSync(at(name), text)
    return at(name)
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cni-'))
    for (const path of ['host/opt/cni/bin', 'host/etc/cni/net.d', 'opt/cni/bin', 'etc/cni-daemon', 'bin'])
      mkdirSync(at(path), { recursive: true })
    writeFileSync(at('opt/cni/bin/own-cni'), 'new plugin')
    writeFileSync(at('etc/cni-daemon/network.conflist'), cni().file('network.conflist'))
  })

  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('install the plugin as a whole, and leave one alone that is the same', () => {
    const target = at('host/opt/cni/bin/own-cni')
    writeFileSync(target, 'old plugin')
    const before = statSync(target).ino
    execFileSync('sh', [script('install.sh')])
    expect(readFileSync(target, 'utf8')).toBe('new plugin')
    expect(statSync(target).mode & 0o777).toBe(0o755)
    const installed = statSync(target).ino
    expect(installed).not.toBe(before)
    expect(execFileSync('sh', [script('install.sh')], { encoding: 'utf8' })).toMatch(/is up to date/)
    expect(statSync(target).ino).toBe(installed)
    expect(readdirSync(at('host/opt/cni/bin'))).toEqual(['own-cni'])
  })

  it('write the configuration when the agent is ready, keep it when they stop, and remove it when asked', async () => {
    const target = at('host/etc/cni/net.d/05-own-cni.conflist')
    writeFileSync(at('bin/wget'), `#!/bin/sh\ntest -e ${at('ready')}\n`)
    writeFileSync(at('bin/sleep'), '#!/bin/sh\nexec /bin/sleep 0.05\n')
    for (const name of ['wget', 'sleep']) chmodSync(at('bin', name), 0o755)
    const start = () =>
      spawn('sh', [script('configure.sh')], {
        env: { PATH: `${at('bin')}:${process.env.PATH}` },
        stdio: 'ignore',
      })
    const ended = (child: ReturnType<typeof spawn>) =>
      new Promise<number | null>((done) => child.once('exit', (code) => done(code)))
    const until = async (holds: () => boolean) => {
      for (let count = 0; !holds() && count < 200; count++) await new Promise((done) => setTimeout(done, 20))
      expect(holds()).toBe(true)
    }

    const first = start()
    await new Promise((done) => setTimeout(done, 300))
    expect(existsSync(target)).toBe(false)
    writeFileSync(at('ready'), '')
    await until(() => existsSync(target))
    expect(JSON.parse(readFileSync(target, 'utf8')).plugins[0].type).toBe('own-cni')
    const end = ended(first)
    first.kill('SIGTERM')
    expect(await end).toBe(0)
    expect(existsSync(target)).toBe(true)

    const second = start()
    mkdirSync(at('etc/cni-uninstall'))
    writeFileSync(at('etc/cni-uninstall/remove'), 'true')
    await until(() => !existsSync(target))
    const secondEnd = ended(second)
    second.kill('SIGTERM')
    expect(await secondEnd).toBe(0)
    expect(readdirSync(at('host/etc/cni/net.d'))).toEqual([])
  })
})
