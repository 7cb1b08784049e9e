import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { ScaffoldError, scaffold } from '../../src/index.ts'

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
function objects(answers: Record<string, unknown> = {}): any[] {
  const { files } = scaffold({ preset: 'kured', ...answers })
  return parseAllDocuments(files[0]!.contents).map((doc) => doc.toJS())
}

function podOf(answers: Record<string, unknown> = {}) {
  return objects(answers).find(({ kind }) => kind === 'DaemonSet').spec.template.spec
}

describe('kured', () => {
  test('takes its lock on the DaemonSet that it is', () => {
    const all = objects({ name: 'reboots' })
    const { args } = all.find(({ kind }) => kind === 'DaemonSet').spec.template.spec.containers[0]
    expect(args).toContain('--ds-name=reboots')
    expect(args).toContain('--ds-namespace=$(POD_NAMESPACE)')
    expect(all.find(({ kind }) => kind === 'Role').rules[0].resourceNames).toEqual(['reboots'])
  })

  test('needs one capability for the signal, and everything for a command', () => {
    const { hostPID, containers } = podOf()
    expect(hostPID).toBe(true)
    expect(containers[0].args).toContain('--reboot-method=signal')
    expect(containers[0].securityContext.capabilities).toEqual({ drop: ['ALL'], add: ['KILL'] })
    const command = podOf({ method: 'command' }).containers[0]
    expect(command.securityContext.privileged).toBe(true)
    expect(command.args).toContain('--reboot-command=/bin/systemctl reboot')
  })

  test('looks for the file that was answered, in its folder', () => {
    const { containers, volumes } = podOf({ sentinelFile: '/var/lib/updates/reboot' })
    expect(containers[0].args).toContain('--reboot-sentinel=/sentinel/reboot')
    expect(volumes[0].hostPath).toEqual({ path: '/var/lib/updates', type: 'Directory' })
    expect(containers[0].volumeMounts[0].readOnly).toBe(true)
  })

  test('mounts nothing where a command tells', () => {
    const { containers, volumes } = podOf({ method: 'command', sentinel: 'command', sentinelCommand: 'true' })
    expect(volumes).toBeUndefined()
    expect(containers[0].args).toContain('--reboot-sentinel-command=true')
    expect(containers[0].args.join()).not.toContain('--reboot-sentinel=')
  })

  test('says of the window only what is no default', () => {
    expect(podOf().containers[0].args.join()).not.toMatch(
      /--(reboot-days|start-time|end-time|time-zone|lock-ttl)/,
    )
    const { args } = podOf({ days: ['sa'], start: '22:00', timezone: 'Europe/Berlin', lockTtl: '2h' })
      .containers[0]
    expect(args).toEqual(
      expect.arrayContaining([
        '--reboot-days=sa',
        '--start-time=22:00',
        '--end-time=23:59',
        '--time-zone=Europe/Berlin',
        '--lock-ttl=2h',
      ]),
    )
  })

  test.each([
    [{ days: ['saturday'] }, /'saturday' is no day/],
    [{ days: [] }, /Without a day/],
    [{ start: '25:00' }, /'25:00' is no time of day/],
    [{ start: '22:00', end: '22:00' }, /lasts a minute/],
    [{ period: '1d' }, /'1d' is no duration/],
    [{ timezone: 'Europe/Atlantis' }, /is no time zone/],
    [{ blockingPods: ['a in (b)'] }, /chooses no pods/],
    [{ sentinelFile: '/reboot' }, /is no file in a folder/],
  ])('refuses %o', (answers, message) => {
    expect(() => objects(answers)).toThrow(ScaffoldError)
    expect(() => objects(answers)).toThrow(message)
  })
})
