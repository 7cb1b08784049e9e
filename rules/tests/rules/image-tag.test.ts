import rule from '../../src/rules/image-tag.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const withImage = (image: string) => daemonSet({ container: `image: ${image}` })

/** A container and init containers with the images given. */
const beside = (image: string, ...others: string[]) =>
  daemonSet({
    spec: `initContainers:${others.map((other, index) => `\n  - name: init-${index}\n    image: ${other}`).join('')}`,
    container: `image: ${image}`,
  })

ruleTester.run('image-tag', rule, {
  valid: [
    daemonSet({ container: 'image: fluent/fluentd-kubernetes-daemonset:v1.19.0-debian-forward-1.1' }),
    withImage('agent:1.2.3'),
    withImage('registry:5000/agent:1.2.3'),
    withImage('agent@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'),
    withImage('agent:latest@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'),
    withImage('agent:1.2-latestish'),
    withImage('agent:stable'),
    withImage('agent:main-3f2c1ab'),
    withImage('agent:1.2.3-nightly'),
    beside('agent:1.2.3', 'agent:1.2.4'),
    withImage('agent:${VERSION}'),
    withImage('${IMAGE}'),
    // Words that another tool replaces
    withImage('IMAGE'),
    withImage('registry.example.com/AGENT_IMAGE'),
    withImage('"{{ .Values.image }}"'),
    { code: withImage('agent:stable-1'), options: [{ floatingTags: ['stable'] }] },
  ],
  invalid: [
    {
      code: withImage('agent'),
      errors: [
        {
          messageId: 'untagged',
          data: { container: 'agent', image: 'agent' },
          line: 16,
          column: 18,
          endLine: 16,
          endColumn: 23,
        },
      ],
    },
    {
      code: withImage('registry:5000/agent'),
      errors: [{ messageId: 'untagged', line: 16, column: 18, endLine: 16, endColumn: 37 }],
    },
    {
      code: withImage('"team/agent:latest"'),
      errors: [
        {
          messageId: 'floating',
          data: { container: 'agent', tag: 'latest' },
          line: 16,
          column: 18,
          endLine: 16,
          endColumn: 37,
        },
      ],
    },
    { code: withImage('agent:latest-debian'), errors: [{ messageId: 'floating' }] },
    { code: withImage('agent:7-latest'), errors: [{ messageId: 'floating' }] },
    ...[
      'main',
      'master',
      'master-head',
      'develop',
      'devel',
      'edge',
      'nightly',
      'canary',
      'canary-windows',
      'snapshot',
    ].map((tag) => ({ code: withImage(`agent:${tag}`), errors: [{ messageId: 'floating' }] })),
    {
      // what the pod's other containers run
      code: beside(
        'agent:latest',
        'agent:1.2.3',
        'agent:stable',
        'other:1.2.3',
        'agent:1.2.3',
        'agent:1.2.4',
      ),
      errors: [
        {
          messageId: 'floating',
          suggestions: [
            {
              messageId: 'same',
              data: { image: 'agent:1.2.3', other: 'init-0' },
              output: beside(
                'agent:1.2.3',
                'agent:1.2.3',
                'agent:stable',
                'other:1.2.3',
                'agent:1.2.3',
                'agent:1.2.4',
              ),
            },
            {
              messageId: 'same',
              data: { image: 'agent:1.2.4', other: 'init-4' },
              output: beside(
                'agent:1.2.4',
                'agent:1.2.3',
                'agent:stable',
                'other:1.2.3',
                'agent:1.2.3',
                'agent:1.2.4',
              ),
            },
          ],
        },
      ],
    },
    {
      code: beside('agent', 'agent:1.2.3', 'agent:${VERSION}'),
      options: [{ floatingTags: ['1.*'] }],
      errors: [
        { messageId: 'floating', suggestions: [] },
        { messageId: 'untagged', suggestions: [] },
      ],
    },
    {
      code: withImage('agent:nightly-1'),
      options: [{ floatingTags: ['nightly-*'] }],
      errors: [{ messageId: 'floating', data: { container: 'agent', tag: 'nightly-1' } }],
    },
    {
      // init containers and flow style
      code: daemonSet({ spec: 'initContainers: [{ name: prepare, image: busybox }]' }),
      errors: [
        {
          messageId: 'untagged',
          data: { container: 'prepare', image: 'busybox' },
          line: 14,
          column: 48,
          endLine: 14,
          endColumn: 55,
        },
      ],
    },
    {
      // A series of builds; its README says so.
      code: daemonSet({
        container: 'image: docker.io/fluent/fluentd-kubernetes-daemonset:v1-debian-forward',
      }),
      errors: [{ messageId: 'floating', line: 16, column: 18 }],
    },
  ],
})
