import rule from '../../src/rules/app-armor-profile.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const off = '{ appArmorProfile: { type: Unconfined } }'
const pod = (context: string, own?: string, image = 'example.com/agent:1') =>
  daemonSet({
    spec: context ? `securityContext: ${context}` : undefined,
    container: `image: ${image}${own ? `\nsecurityContext: ${own}` : ''}`,
  })
const annotated = (profile: string, own = '', name = 'agent') =>
  daemonSet({
    template: `annotations: { container.apparmor.security.beta.kubernetes.io/${name}: ${profile} }`,
    container: `image: example.com/agent:1${own && `\n${own}`}`,
  })

ruleTester.run('app-armor-profile', rule, {
  valid: [
    daemonSet(),
    pod('{ appArmorProfile: { type: RuntimeDefault } }'),
    pod('{ appArmorProfile: { type: Localhost, localhostProfile: agent } }'),
    pod('{ appArmorProfile: { type: "${PROFILE}" } }'),
    pod(off, '', 'quay.io/cilium/cilium:v1.20.0'),
    pod(off, '', '"${IMAGE}"'),
    // It may have none anyway.
    pod(off, '{ privileged: "${PRIVILEGED}" }'),
    pod('', `{ privileged: "\${PRIVILEGED}", appArmorProfile: { type: Unconfined } }`),
    annotated('unconfined', `securityContext: { privileged: "\${PRIVILEGED}" }`),
    annotated('runtime/default'),
    annotated('localhost/agent'),
    annotated('"${PROFILE}"'),
  ],
  invalid: [
    {
      code: pod(off),
      errors: [
        {
          messageId: 'unconfined',
          data: { value: 'Unconfined' },
          line: 14,
          column: 51,
          endLine: 14,
          endColumn: 61,
          suggestions: [{ messageId: 'set', output: pod('{ appArmorProfile: { type: RuntimeDefault } }') }],
        },
      ],
    },
    {
      code: daemonSet({
        container: 'image: a:1\nsecurityContext:\n  appArmorProfile:\n    type: Unconfined',
      }),
      errors: [
        {
          messageId: 'unconfined',
          line: 19,
          column: 21,
          suggestions: [
            {
              messageId: 'set',
              output: daemonSet({
                container: 'image: a:1\nsecurityContext:\n  appArmorProfile:\n    type: RuntimeDefault',
              }),
            },
          ],
        },
      ],
    },
    {
      code: annotated('unconfined'),
      errors: [{ messageId: 'unconfined', data: { value: 'unconfined' }, line: 13, suggestions: [] }],
    },
    {
      code: pod(off, '', 'quay.io/cilium/cilium:v1.20.0'),
      options: [{ allowKinds: [] }],
      errors: [{ messageId: 'unconfined' }],
    },
  ],
})
