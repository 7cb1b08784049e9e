import rule from '../../src/rules/host-process.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const options = (hostProcess: string) =>
  `{ windowsOptions: { hostProcess: ${hostProcess}, runAsUserName: 'NT AUTHORITY\\Local service' } }`
const pod = (hostProcess: string, image = 'example.com/agent:1') =>
  daemonSet({
    spec: `hostNetwork: true\nsecurityContext: ${options(hostProcess)}`,
    container: `image: ${image}`,
  })

ruleTester.run('host-process', rule, {
  valid: [
    daemonSet(),
    pod('false'),
    pod('"${HOST_PROCESS}"'),
    pod('true', '"${IMAGE}"'),
    pod('true', 'ghcr.io/prometheus-community/windows-exporter:0.31.3'),
  ],
  invalid: [
    {
      code: pod('true'),
      errors: [{ messageId: 'used', line: 15, column: 57, endLine: 15, endColumn: 61 }],
    },
    {
      code: daemonSet({
        spec: 'hostNetwork: true',
        container: `image: a:1\nsecurityContext: ${options('true')}`,
      }),
      errors: [{ messageId: 'used', line: 18, column: 61 }],
    },
    { code: pod('true', 'fluent/fluent-bit:5.1.1'), errors: [{ messageId: 'used' }] },
    {
      code: pod('true', 'ghcr.io/prometheus-community/windows-exporter:0.31.3'),
      options: [{ allowKinds: ['storage'] }],
      errors: [{ messageId: 'used' }],
    },
  ],
})
