import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { scaffold } from '../../src/index.ts'

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
function objects(answers: Record<string, unknown> = {}): any[] {
  const { files } = scaffold({ preset: 'ceph-osd', acceptArchived: true, ...answers })
  return parseAllDocuments(files[0]!.contents).map((doc) => doc.toJS())
}

function configOf(answers?: Record<string, unknown>): Record<string, string> {
  return objects(answers).find(({ kind }) => kind === 'ConfigMap').data
}

function podOf(answers?: Record<string, unknown>) {
  return objects(answers).find(({ kind }) => kind === 'DaemonSet').spec.template.spec
}

describe('ceph-osd', () => {
  test('is better made by Rook, and says so', () => {
    expect(() => scaffold({ preset: 'ceph-osd' })).toThrow(/Take Rook/)
  })

  test('writes what was answered into ceph.conf', () => {
    const conf = configOf({
      fsid: '3f0c9a1e-6b1d-4f0e-9c55-1f6d0c7c9b11',
      monitors: ['10.0.0.11', '10.0.0.12:3300'],
      publicNetwork: '10.0.0.0/24',
      clusterNetwork: '10.0.1.0/24',
      osdMemoryTarget: '2Gi',
    })['ceph.conf']!
    expect(conf).toContain('fsid = 3f0c9a1e-6b1d-4f0e-9c55-1f6d0c7c9b11\n')
    expect(conf).toContain('mon_host = 10.0.0.11,10.0.0.12:3300\n')
    expect(conf).toContain('public_network = 10.0.0.0/24\n')
    expect(conf).toContain('cluster_network = 10.0.1.0/24\n')
    expect(conf).toContain(`osd_memory_target = ${2 * 2 ** 30}\n`)
    expect(conf).toContain('osd_crush_update_on_start = false\n')
  })

  test('never prepares, wipes or takes out', () => {
    for (const [name, contents] of Object.entries(configOf()))
      expect(`${name}: ${contents}`).not.toMatch(
        /ceph-volume lvm (prepare|create|batch|zap)|osd (purge|destroy|out)/,
      )
  })

  test('updates a node when its pod is deleted, or one node at a time where that is wanted', () => {
    const specOf = (answers?: Record<string, unknown>) =>
      objects(answers).find(({ kind }) => kind === 'DaemonSet').spec
    expect(specOf()).toMatchObject({ updateStrategy: { type: 'OnDelete' }, minReadySeconds: 300 })
    expect(specOf({ updateType: 'RollingUpdate' })).toMatchObject({
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
      minReadySeconds: 300,
    })
  })

  test('tells no command that kubectl refuses with OnDelete', () => {
    const nextOf = (answers = {}) => scaffold({ preset: 'ceph-osd', acceptArchived: true, ...answers }).next
    expect(nextOf()).toContain('kubectl -n ceph get daemonset ceph-osd')
    expect(nextOf({ updateType: 'RollingUpdate' })).toContain(
      'kubectl -n ceph rollout status daemonset/ceph-osd',
    )
  })

  test('has no folder whose files would change while it runs', () => {
    const { containers, initContainers } = podOf()
    const mounts = [...initContainers, ...containers].flatMap(({ volumeMounts }) => volumeMounts)
    const files = mounts.filter(({ name }) => name === 'config')
    expect(files).toHaveLength(6)
    for (const { mountPath, subPath } of files) expect(mountPath.endsWith(`/${subPath}`)).toBe(true)
  })

  test('shares no namespace but the network', () => {
    const { hostNetwork, hostPID, hostIPC } = podOf()
    expect([hostNetwork, hostPID, hostIPC]).toEqual([true, undefined, undefined])
  })

  test('needs a key only to ask whether OSDs can be spared', () => {
    const secret = objects().find(({ kind }) => kind === 'Secret')
    expect(secret.stringData).toEqual({ 'client.keyring': 'REPLACE_ME' })
    expect(objects({ waitToStop: false }).some(({ kind }) => kind === 'Secret')).toBe(false)
    expect(podOf({ waitToStop: false }).containers[0].lifecycle).toBeUndefined()
    expect(configOf({ waitToStop: false })).not.toHaveProperty('hold.sh')
  })

  test('has memory for all OSDs of a node', () => {
    expect(() => objects({ osdsPerNode: 4 })).toThrow(
      /4 OSDs that aim at 3Gi each need a memory limit of 15Gi/,
    )
    const large = { osdsPerNode: 4, memoryRequest: '14Gi', memoryLimit: '15Gi' }
    expect(podOf(large).containers[0].resources.limits.memory).toBe('15Gi')
  })

  test.each([
    [{ fsid: 'ABC' }, /'ABC' is no fsid/],
    [{ monitors: [] }, /Without monitors/],
    [{ monitors: ['http://a'] }, /is no address of a monitor/],
    [{ publicNetwork: '10.0.0.1' }, /is no range of addresses/],
    [{ osdMemoryTarget: '512Mi' }, /less than 2Gi/],
  ])('refuses %o', (answers, message) => {
    expect(() => objects(answers)).toThrow(message)
  })

  describe.skipIf(process.platform === 'win32')('its scripts', () => {
    /** A folder with two OSDs, and programs that write down how they are called. */
    function place() {
      const root = mkdtempSync(join(tmpdir(), 'ceph-osd-'))
      onTestFinished(() => rmSync(root, { recursive: true }))
      const program = (name: string, lines: string) => {
        writeFileSync(join(root, 'bin', name), `#!/bin/sh\necho "${name} $*" >>${root}/log\n${lines}\n`)
        chmodSync(join(root, 'bin', name), 0o755)
      }
      for (const folder of ['bin', 'run', 'osd/ceph-1', 'osd/ceph-7'])
        mkdirSync(join(root, folder), { recursive: true })
      for (const id of [1, 7]) symlinkSync('/dev/null', join(root, `osd/ceph-${id}/block`))
      program('chown', '')
      for (const [name, contents] of Object.entries(configOf())) {
        const here = contents
          .replaceAll('/var/lib/ceph/osd', `${root}/osd`)
          .replaceAll('/run/ceph/', `${root}/run/`)
          .replaceAll('/proc/1/fd/1', `${root}/held`)
        writeFileSync(join(root, name), here)
      }
      const run = (script: string, ...args: string[]) =>
        spawnSync('sh', [script, ...args], {
          cwd: root,
          encoding: 'utf8',
          env: { ...process.env, PATH: `${root}/bin:${process.env.PATH}` },
        })
      const log = () => readFileSync(join(root, 'log'), 'utf8').trim().split('\n')
      return { root, program, run, log }
    }

    test('pass SIGTERM on to each OSD and wait for it', () => {
      const { root, program, run, log } = place()
      program(
        'ceph-osd',
        `trap 'echo "end $3" >>${root}/log; sleep 1; echo "gone $3" >>${root}/log; exit 0' TERM\nwhile :; do sleep 0.1; done`,
      )
      writeFileSync(
        join(root, 'stop.sh'),
        'sh supervise.sh & child=$!\nsleep 1\nkill -TERM $child\nwait $child\necho status=$? >>log\n',
      )
      run('stop.sh')
      const lines = log()
      expect(lines).toContain('ceph-osd --foreground --id 1 --setuser ceph --setgroup ceph')
      expect(lines).toContain('ceph-osd --foreground --id 7 --setuser ceph --setgroup ceph')
      expect(lines.slice(-3).sort()).toEqual(['gone 1', 'gone 7', 'status=0'])
      expect(lines.at(-1)).toBe('status=0')
    }, 20_000)

    test('end where there is no OSD', () => {
      const { root, run } = place()
      writeFileSync(
        join(root, 'supervise.sh'),
        readFileSync(join(root, 'supervise.sh'), 'utf8').replaceAll(`${root}/osd`, `${root}/none`),
      )
      const { status, stderr } = run('supervise.sh')
      expect(status).toBe(1)
      expect(stderr).toContain('No OSD was found')
    })

    test('activate each by itself where not all can be', () => {
      const { program, run, log } = place()
      program('ceph-volume', 'case "$*" in *--all*|*" 7 "*) exit 1 ;; esac')
      program(
        'lvs',
        "echo '  ceph.osd_fsid=f-1,ceph.osd_id=1,ceph.type=block'\necho '  ceph.osd_fsid=f-1,ceph.osd_id=1,ceph.type=db'\necho\necho '  ceph.osd_fsid=f-7,ceph.osd_id=7,ceph.type=block,ceph.vdo=0'",
      )
      const { status, stderr } = run('activate.sh')
      expect(status).toBe(0)
      expect(stderr).toContain('osd.7 could not be activated.')
      expect(log().filter((line) => line.startsWith('ceph-volume'))).toEqual([
        'ceph-volume lvm activate --all --no-systemd --no-tmpfs',
        'ceph-volume lvm activate --no-systemd --no-tmpfs 1 f-1',
        'ceph-volume lvm activate --no-systemd --no-tmpfs 7 f-7',
      ])
    })

    test('are ready with all OSDs active, and live with one that answers', () => {
      const { root, program, run } = place()
      const asok = (id: number) => join(root, `run/ceph-osd.${id}.asok`)
      program('ceph', 'test -e "$2" || exit 22\ncat "$2"')
      const states = () => [run('check.sh', 'ready').status === 0, run('check.sh', 'live').status === 0]
      expect(states()).toEqual([false, false])
      writeFileSync(asok(1), '{\n    "state": "active",\n}')
      expect(states()).toEqual([false, true])
      writeFileSync(asok(7), '{\n    "state": "booting",\n}')
      expect(states()).toEqual([false, true])
      writeFileSync(asok(7), '{\n    "state": "active",\n}')
      expect(states()).toEqual([true, true])
    })

    test('wait until the cluster can spare the OSDs, but not where it cannot be asked', () => {
      const { root, program, run, log } = place()
      program('sleep', '')
      program('ceph', `test -e ${root}/asked || { touch ${root}/asked; exit 16; }`)
      expect(run('hold.sh').status).toBe(0)
      expect(log().filter((line) => line.endsWith('osd ok-to-stop 1 7'))).toHaveLength(2)
      expect(existsSync(join(root, 'held'))).toBe(true)
      program('ceph', 'exit 1')
      expect(run('hold.sh').status).toBe(0)
      expect(readFileSync(join(root, 'held'), 'utf8')).toContain('could not be asked')
    })
  })
})
