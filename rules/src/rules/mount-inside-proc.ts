import type { PodTemplate } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { isWithin, normaliseHostPath } from '../utils/host-paths.ts'
import { containersOf, volumesByName } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { mayBeForWindows } from '../utils/node-selection.ts'

/** The files that runc lets take the place of the kernel's: checkProcMount in libcontainer/rootfs_linux.go. */
const allowed: readonly string[] = [
  '/proc/cpuinfo',
  '/proc/diskstats',
  '/proc/loadavg',
  '/proc/meminfo',
  '/proc/net/dev',
  '/proc/slabinfo',
  '/proc/stat',
  '/proc/swaps',
  '/proc/sys/crypto/fips_enabled',
  '/proc/sys/kernel/ns_last_pid',
  '/proc/uptime',
]

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow mounts at a place inside /proc',
      category: 'storage',
      presets: { recommended: 'warn', strict: 'warn' },
    },
    messages: {
      inside:
        'Container `{{container}}` mounts a volume at `{{path}}`: runc, which most nodes run containers with, refuses mounts inside /proc, so it never starts there. Expected another place, such as `/host{{path}}`.',
      over: 'Container `{{container}}` mounts a volume at `/proc` that is no /proc: runc, which most nodes run containers with, refuses that, so it never starts there. Expected another place.',
    },
    needs: { text: /\/proc/ },
  },
  create(context) {
    return {
      podTemplate(template) {
        if (mayBeForWindows(template)) return
        for (const container of containersOf(template)) {
          for (const [index, mount] of (container.value.volumeMounts ?? []).entries()) {
            const at = ['volumeMounts', index, 'mountPath'] as const
            if (typeof mount?.mountPath !== 'string' || container.isUnknown(...at)) continue
            const path = normaliseHostPath(mount.mountPath)
            if (path.includes('/..') || !isWithin(path, '/proc') || allowed.includes(path)) continue
            if (path === '/proc' && mayBeProc(template, mount.name)) continue
            context.report({
              node: container,
              path: at,
              messageId: path === '/proc' ? 'over' : 'inside',
              data: { container: nameOf(container), path },
            })
          }
        }
      },
    }
  },
})

/** True for a volume that may be the node's /proc, wherever the node keeps that. */
function mayBeProc(template: PodTemplate, name: string): boolean {
  const volume = volumesByName(template).get(name)
  return volume === undefined || !volume.lacks('hostPath') || volume.isUnknown('name')
}
