import rule from '../../src/rules/on-delete.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const asked = { container: 'image: agent:1.2.3\nreadinessProbe:\n  tcpSocket:\n    port: 8080' }
const strategy = (daemon: string) => daemonSet({ daemon, ...asked })
const manual = 'updateStrategy:\n  type: OnDelete'

/** A container that has a folder of the node. */
const onDisk = (image: string, readOnly = '') => ({
  spec: 'volumes:\n  - name: disks\n    hostPath:\n      path: /dev',
  container: `image: ${image}\nvolumeMounts:\n  - name: disks\n    mountPath: /dev${readOnly}`,
})

ruleTester.run('on-delete', rule, {
  valid: [
    daemonSet(),
    daemonSet({ daemon: 'updateStrategy:\n  type: RollingUpdate' }),
    daemonSet({ daemon: 'updateStrategy:\n  type: ${TYPE}' }),
    daemonSet({ daemon: 'updateStrategy:\n  rollingUpdate:\n    maxUnavailable: 1' }),
    // They hold data of a cluster, or may hold it.
    daemonSet({ daemon: manual, ...onDisk('quay.io/ceph/ceph:v20.2.4') }),
    daemonSet({ daemon: manual, ...onDisk('mirror.example.com/gluster/gluster-centos:gluster4u0_centos7') }),
    daemonSet({ daemon: manual, ...onDisk('${IMAGE}') }),
    daemonSet({
      daemon: manual,
      spec: 'volumes: ${VOLUMES}',
      container: 'image: ceph/daemon:v7.0.3',
    }),
    {
      code: 'apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: osd\nspec:\n  updateStrategy:\n    type: OnDelete\n  template:\n    spec:\n      containers:\n        - name: osd\n          image: quay.io/ceph/ceph:v20.2.4\n',
      role: 'patch',
    },
  ],
  invalid: [
    // Only reads the node, has nothing of it, or is no storage server.
    ...[
      onDisk('quay.io/ceph/ceph:v20.2.4', '\n    readOnly: true'),
      { container: 'image: quay.io/ceph/ceph:v20.2.4' },
      { container: 'image: ${IMAGE}' },
      onDisk('quay.io/cephcsi/cephcsi:v3.15.0'),
      onDisk('agent:1.2.3'),
    ].map((parts) => ({
      code: daemonSet({ daemon: manual, ...parts }),
      errors: [{ messageId: 'manual' as const }],
    })),
    {
      code: strategy('updateStrategy:\n  type: OnDelete'),
      errors: [
        {
          messageId: 'manual',
          data: { name: 'agent' },
          line: 7,
          column: 11,
          endLine: 7,
          endColumn: 19,
          suggestions: [
            {
              messageId: 'rolling',
              output: strategy(
                'updateStrategy:\n  type: RollingUpdate\n  rollingUpdate:\n    maxUnavailable: 1',
              ),
            },
          ],
        },
      ],
    },
    {
      code: strategy('updateStrategy: { type: OnDelete }'),
      errors: [
        {
          messageId: 'manual',
          line: 6,
          column: 27,
          endLine: 6,
          endColumn: 35,
          suggestions: [
            {
              messageId: 'rolling',
              output: strategy('updateStrategy: { type: RollingUpdate, rollingUpdate: {maxUnavailable: 1} }'),
            },
          ],
        },
      ],
    },
    {
      // Limits that were never read may not be what is wanted.
      code: strategy('updateStrategy:\n  type: OnDelete\n  rollingUpdate:\n    maxUnavailable: 100%'),
      errors: [{ messageId: 'manual', suggestions: [] }],
    },
    {
      // It would go through all nodes, working or not.
      code: daemonSet({ daemon: 'updateStrategy:\n  type: OnDelete' }),
      errors: [{ messageId: 'manual', suggestions: [] }],
    },
    {
      code: 'apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: agent\nspec:\n  updateStrategy:\n    type: OnDelete\n',
      role: 'patch',
      errors: [{ messageId: 'manual' }],
    },
  ],
})
