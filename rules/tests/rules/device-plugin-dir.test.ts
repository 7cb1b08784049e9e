import rule from '../../src/rules/device-plugin-dir.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const image = 'nvcr.io/nvidia/k8s-device-plugin:v0.20.0'
const mounting = (path: string) =>
  daemonSet({
    spec: `volumes: [{ name: host, hostPath: { path: ${path} } }]`,
    container: `image: ${image}\nvolumeMounts: [{ name: host, mountPath: /host }]`,
  })
const pod = (more = '') => daemonSet({ container: `image: ${image}${more}` })
const volume = `      volumes:
        - name: device-plugins
          hostPath:
            path: /var/lib/kubelet/device-plugins
            type: Directory
`
const mount = `
volumeMounts:
  - name: device-plugins
    mountPath: /var/lib/kubelet/device-plugins`

const own = {
  settings: {
    agents: [
      { name: 'FPGA', kinds: ['device'], images: ['example.com/plugins/fpga-plugin'], offersDevices: true },
    ],
  },
}
const ours = (more: string) => daemonSet({ container: `image: example.com/plugins/fpga-plugin:1.2${more}` })

ruleTester.run('device-plugin-dir', rule, {
  valid: [
    daemonSet(),
    ...[
      '/var/lib/kubelet/device-plugins',
      '/var/lib/kubelet',
      '/var/lib/k0s/kubelet/device-plugins/',
      '/',
    ].map(mounting),
    mounting('/var/lib/kubelet/plugins_registry'),
    mounting('"${PATH}"'),
    // Another tool of the image
    pod('\ncommand: [mps-control-daemon]'),
    pod('\ncommand: [/bin/sh, -c, sleep infinity]'),
    pod('\ncommand: ["${COMMAND}"]'),
    pod('\ncommand: ${COMMAND}'),
    pod('\nargs: [gpu-feature-discovery]'),
    daemonSet({ container: 'image: "${IMAGE}"' }),
    pod('\ncommand: [/device-plugin/mps-control-daemon]'),
    daemonSet({ container: 'image: intel/intel-gpu-plugin:0.35.0\ncommand: [/bin/level-zero]' }),
    ours('\ncommand: [/usr/bin/fpga-plugin]'),
    { code: ours('\ncommand: [/usr/bin/fpga-tool]'), ...own },
    { code: ours('\nargs: [version]'), ...own },
    { code: pod(), role: 'patch' },
  ],
  invalid: [
    {
      code: pod(),
      errors: [
        {
          messageId: 'missing',
          data: { container: 'agent' },
          line: 15,
          column: 17,
          endLine: 15,
          endColumn: 22,
          suggestions: [{ messageId: 'mount', output: `${pod(mount)}${volume}` }],
        },
      ],
    },
    { code: mounting('/dev'), errors: [{ messageId: 'missing', line: 18, column: 11 }] },
    { code: pod('\ncommand: [nvidia-device-plugin]'), errors: [{ messageId: 'missing' }] },
    { code: pod('\nargs: [--fail-on-init-error=false]'), errors: [{ messageId: 'missing' }] },
    {
      code: daemonSet({ container: 'image: intel/intel-gpu-plugin:0.35.0' }),
      errors: [{ messageId: 'missing' }],
    },
    {
      code: daemonSet({
        container: 'image: intel/intel-gpu-plugin:0.35.0\ncommand: [/usr/local/bin/intel_gpu_device_plugin]',
      }),
      errors: [{ messageId: 'missing' }],
    },
    ...['', '\ncommand: [/usr/bin/fpga-plugin, --mode=af]', '\nargs: [--mode=af]'].map((more) => ({
      code: ours(more),
      ...own,
      errors: [
        {
          messageId: 'missing' as const,
          data: { container: 'agent' },
          line: 15,
          column: 17,
          endLine: 15,
          endColumn: 22,
        },
      ],
    })),
    {
      // The name of its volume is taken.
      code: `${pod()}      volumes: [{ name: device-plugins, emptyDir: {} }]\n`,
      errors: [
        {
          messageId: 'missing',
          suggestions: [
            {
              output: `${pod(mount.replace('name: device-plugins', 'name: device-plugins-of-node'))}      volumes: [{ name: device-plugins, emptyDir: {} }, {name: device-plugins-of-node, hostPath: {path: /var/lib/kubelet/device-plugins, type: Directory}}]\n`,
            },
          ],
        },
      ],
    },
  ],
})
