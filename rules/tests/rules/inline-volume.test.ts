import rule from '../../src/rules/inline-volume.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const volume = (source: string) => daemonSet({ spec: `volumes: [{ name: data, ${source} }]` })

ruleTester.run('inline-volume', rule, {
  valid: [
    daemonSet(),
    volume('emptyDir: {}'),
    volume('persistentVolumeClaim: { claimName: data }'),
    volume('csi: { driver: secrets-store.csi.k8s.io }'),
    volume('configMap: { name: data }'),
    // Other rules speak of it.
    volume('hostPath: { path: /data }'),
    volume('nfs: "${NFS}"'),
  ],
  invalid: [
    {
      code: volume('nfs: { server: nfs.example.com, path: /data }'),
      errors: [
        { messageId: 'inline', data: { volume: 'data', type: 'nfs' }, line: 14, column: 31, endColumn: 34 },
      ],
    },
    {
      code: daemonSet({
        spec: 'volumes:\n  - name: data\n    iscsi:\n      targetPortal: 10.0.0.1:3260\n      iqn: iqn.2001-04.com.example:a\n      lun: 0',
      }),
      errors: [{ messageId: 'inline', data: { volume: 'data', type: 'iscsi' }, line: 16, column: 11 }],
    },
  ],
})
