import { expect, it } from 'vitest'
import rule from '../../src/rules/surge-shared-state.ts'
import { lintWith } from '../lint.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const surge = (value: string, type = 'RollingUpdate', unavailable = '0') =>
  `updateStrategy:\n  type: ${type}\n  rollingUpdate:\n    maxSurge: ${value}\n    maxUnavailable: ${unavailable}`

interface Mount {
  path?: string
  type?: string
  readOnly?: string
  image?: string
}

const mounted = ({
  path = '/var/lib/agent',
  type = 'DirectoryOrCreate',
  readOnly = '',
  image = 'agent:1.2.3',
}: Mount = {}) => ({
  spec: `volumes:\n  - name: host\n    hostPath:\n      path: ${path}${type && `\n      type: ${type}`}`,
  container: `image: ${image}\nvolumeMounts:\n  - name: host\n    mountPath: /host${readOnly && `\n    readOnly: ${readOnly}`}`,
})
const surging = (mount: Mount = {}, value = '1', type = 'RollingUpdate') =>
  daemonSet({ daemon: surge(value, type), ...mounted(mount) })
const replaced = (mount: Mount = {}) =>
  daemonSet({ daemon: surge('0', 'RollingUpdate', '1'), ...mounted(mount) })
const prepare = `initContainers:\n  - name: prepare\n    image: prepare:1.2.3\n    volumeMounts:\n      - name: host\n        mountPath: /host\n${mounted().spec}`

ruleTester.run('surge-shared-state', rule, {
  valid: [
    daemonSet({ daemon: surge('1') }),
    daemonSet(mounted()),
    daemonSet({ daemon: surge('0', 'RollingUpdate', '1'), ...mounted() }),
    surging({}, '1', 'OnDelete'),
    surging({}, '1', '${TYPE}'),
    surging({}, '${SURGE}'),
    surging({ readOnly: 'true' }),
    surging({ readOnly: '${READ_ONLY}' }),
    surging({ path: '${STATE}' }),
    // Whose it is nobody can tell.
    surging({ type: '' }),
    surging({ type: 'Directory' }),
    surging({ path: '/var/log', type: '' }),
    surging({ path: '/run/xtables.lock', type: 'FileOrCreate' }),
    surging({ path: '/etc/cni/net.d' }),
    surging({ path: '/opt/cni/bin' }),
    surging({ path: '/sys/fs/bpf' }),
    surging({ path: '/var/run/netns' }),
    surging({ path: '/var/log/pods' }),
    surging({ path: '/run/containerd' }),
    surging({ path: '/var/log', type: '', image: 'fluent/fluent-bit:5.1.1', readOnly: 'true' }),
    surging({ path: '/var/lib', type: '', image: 'fluent/fluent-bit:5.1.1' }),
    // Only an init container writes.
    daemonSet({ daemon: surge('1'), spec: prepare }),
    {
      code: 'apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: agent\nspec:\n  updateStrategy:\n    rollingUpdate:\n      maxSurge: 1\n      maxUnavailable: 0\n  template:\n    spec:\n      containers:\n        - name: agent\n          volumeMounts:\n            - name: host\n              mountPath: /host\n      volumes:\n        - name: host\n          hostPath:\n            path: /var/lib/agent\n            type: DirectoryOrCreate\n',
      role: 'patch',
    },
  ],
  invalid: [
    {
      code: surging(),
      errors: [
        {
          messageId: 'state',
          data: { surge: 1, container: 'agent', path: '/var/lib/agent' },
          line: 9,
          column: 17,
          endLine: 9,
          endColumn: 18,
          suggestions: [{ messageId: 'replace', output: replaced() }],
        },
      ],
    },
    { code: surging({ readOnly: 'false' }, '25%'), errors: [{ messageId: 'state' }] },
    { code: surging({ path: '/var/lib/agent.db', type: 'FileOrCreate' }), errors: [{ messageId: 'state' }] },
    {
      code: surging({ path: '/var/log', type: '', image: 'fluent/fluent-bit:5.1.1' }),
      errors: [{ messageId: 'state', data: { surge: 1, container: 'agent', path: '/var/log' } }],
    },
    {
      code: surging({ path: '/var/lib/kubelet/plugins/disk.example.com/', type: '' }),
      errors: [
        {
          messageId: 'socket',
          data: { surge: 1, container: 'agent', path: '/var/lib/kubelet/plugins/disk.example.com' },
          line: 9,
          column: 17,
          endLine: 9,
          endColumn: 18,
        },
      ],
    },
    {
      code: surging({ path: '/var/lib/kubelet/device-plugins', type: 'Directory' }),
      errors: [{ messageId: 'socket' }],
    },
    {
      code: `{ apiVersion: apps/v1, kind: DaemonSet, metadata: { name: a }, spec: { updateStrategy: { rollingUpdate: { maxSurge: 10%, maxUnavailable: 0% } }, selector: { matchLabels: { app: a } }, template: { metadata: { labels: { app: a } }, spec: { containers: [{ name: a, image: "a:1", volumeMounts: [{ name: s, mountPath: /s }] }], volumes: [{ name: s, hostPath: { path: /data/a, type: DirectoryOrCreate } }] } } } }\n`,
      errors: [
        {
          messageId: 'state',
          suggestions: [
            {
              messageId: 'replace',
              output: `{ apiVersion: apps/v1, kind: DaemonSet, metadata: { name: a }, spec: { updateStrategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 10% } }, selector: { matchLabels: { app: a } }, template: { metadata: { labels: { app: a } }, spec: { containers: [{ name: a, image: "a:1", volumeMounts: [{ name: s, mountPath: /s }] }], volumes: [{ name: s, hostPath: { path: /data/a, type: DirectoryOrCreate } }] } } } }\n`,
            },
          ],
        },
      ],
    },
  ],
})

it('has nothing more to say where no rollout ends', () => {
  const { spec, container } = mounted()
  const text = daemonSet({
    daemon: surge('1'),
    spec,
    container: `${container}\nports:\n  - containerPort: 80\n    hostPort: 80`,
  })
  const problems = lintWith(text, { 'surge-shared-state': 'warn', 'surge-host-port': 'error' })
  expect(problems.map(({ ruleId }) => ruleId)).toEqual(['surge-host-port'])
})
