import rule from '../../src/rules/image-digest.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const withImage = (image: string) => daemonSet({ container: `image: ${image}` })
const digest = 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

ruleTester.run('image-digest', rule, {
  valid: [
    withImage(`agent@${digest}`),
    withImage(`registry:5000/agent:1.2.3@${digest}`),
    withImage('${IMAGE}'),
    withImage('agent:${VERSION}'),
  ],
  invalid: [
    {
      code: withImage('agent:1.2.3'),
      errors: [
        {
          messageId: 'missing',
          data: { container: 'agent', image: 'agent:1.2.3' },
          line: 16,
          column: 18,
          endLine: 16,
          endColumn: 29,
        },
      ],
    },
    {
      // init containers and flow style
      code: daemonSet({
        spec: `initContainers: [{ name: prepare, image: "busybox:1.36" }]`,
        container: `image: agent@${digest}`,
      }),
      errors: [{ messageId: 'missing', data: { container: 'prepare', image: 'busybox:1.36' }, line: 14 }],
    },
  ],
})
