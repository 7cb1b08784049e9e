import rule from '../../src/rules/retired-registry.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const withImage = (image: string) => daemonSet({ container: `image: ${image}` })
const digest = 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
const left = 'where Kubernetes has published nothing since 2020'

ruleTester.run('retired-registry', rule, {
  valid: [
    daemonSet(),
    withImage('registry.k8s.io/pause:3.10'),
    withImage('mirror.example.com/k8s.gcr.io/pause:3.10'),
    withImage('gke.gcr.io/pause:3.8'),
    withImage('gcr.io/google-containers-mirror/pause:3.8'),
    withImage('gcr.io/other/google-containers/pause:3.8'),
    withImage('docker.io/bitnamilegacy/kubectl:1.33.4'),
    withImage('mirror.example.com/bitnami/kubectl:1.33.4'),
    // what is there still, or may be
    withImage('bitnami/kubectl:latest'),
    withImage('bitnami/kubectl'),
    withImage(`bitnami/kubectl@${digest}`),
    withImage('k8s.gcr.io/pause:${VERSION}'),
    withImage('${REGISTRY}/pause:3.10'),
  ],
  invalid: [
    {
      code: withImage('k8s.gcr.io/pause:3.1'),
      errors: [
        {
          messageId: 'retired',
          data: {
            container: 'agent',
            from: 'k8s.gcr.io',
            to: 'registry.k8s.io',
            fate: 'which has been frozen since April 2023 and only redirects, until it is switched off',
          },
          line: 16,
          column: 18,
          endLine: 16,
          endColumn: 38,
          suggestions: [
            {
              messageId: 'move',
              data: { image: 'registry.k8s.io/pause:3.1' },
              output: withImage('registry.k8s.io/pause:3.1'),
            },
          ],
        },
      ],
    },
    {
      code: withImage(`"k8s.gcr.io/sig-storage/driver@${digest}"`),
      errors: [
        {
          messageId: 'retired',
          suggestions: [
            { messageId: 'move', output: withImage(`"registry.k8s.io/sig-storage/driver@${digest}"`) },
          ],
        },
      ],
    },
    ...[
      ['gcr.io/google-containers', left],
      ['gcr.io/google_containers', left],
      ['eu.gcr.io/google_containers', left],
      [
        'us.gcr.io/k8s-artifacts-prod',
        'which lay behind `k8s.gcr.io` and has been frozen with it since April 2023',
      ],
    ].map(([from, fate]) => ({
      code: withImage(`${from}/pause-amd64:3.2`),
      errors: [
        {
          messageId: 'retired',
          data: { container: 'agent', from: from!, to: 'registry.k8s.io', fate: fate! },
          suggestions: [{ messageId: 'move', output: withImage('registry.k8s.io/pause-amd64:3.2') }],
        },
      ],
    })),
    ...['bitnami', 'docker.io/bitnami', 'index.docker.io/bitnami'].map((from) => ({
      code: withImage(`${from}/kubectl:1.33`),
      errors: [
        {
          messageId: 'gone',
          data: {
            container: 'agent',
            from,
            to: 'docker.io/bitnamilegacy',
            fate: 'from which the versions were taken away in September 2025',
          },
          suggestions: [{ messageId: 'move', output: withImage('docker.io/bitnamilegacy/kubectl:1.33') }],
        },
      ],
    })),
    {
      code: daemonSet({ spec: 'initContainers: [{ name: prepare, image: "k8s.gcr.io/busybox:1.27" }]' }),
      errors: [{ messageId: 'retired', line: 14 }],
    },
  ],
})
