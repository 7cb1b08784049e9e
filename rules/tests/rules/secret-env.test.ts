import rule from '../../src/rules/secret-env.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const container = (more: string, spec?: string) => daemonSet({ spec, container: `image: a:1\n${more}` })

ruleTester.run('secret-env', rule, {
  valid: [
    daemonSet(),
    container(
      'env: [{ name: A, value: b }, { name: B, valueFrom: { configMapKeyRef: { name: c, key: d } } }]',
    ),
    container('envFrom: [{ configMapRef: { name: c } }]'),
    container('env: "${ENV}"'),
    container('env: [{ name: A, valueFrom: { secretKeyRef: "${REFERENCE}" } }]'),
  ],
  invalid: [
    {
      code: container('env: [{ name: A, valueFrom: { secretKeyRef: { name: agent, key: a } } }]'),
      errors: [
        {
          messageId: 'used',
          data: { containers: 'container `agent`', secrets: 'Secret `agent`' },
          line: 17,
          column: 63,
          endLine: 17,
          endColumn: 68,
        },
      ],
    },
    {
      code: container('envFrom:\n  - secretRef:\n      name: agent'),
      errors: [{ messageId: 'used', line: 19, column: 23 }],
    },
    {
      code: container(
        'env: [{ name: A, valueFrom: { secretKeyRef: { name: a, key: a } } }]\nenvFrom: [{ secretRef: { name: b } }]',
        'initContainers: [{ name: setup, image: "s:1", envFrom: [{ secretRef: { name: a } }] }]',
      ),
      errors: [
        {
          messageId: 'used',
          data: { containers: 'containers `setup` and `agent`', secrets: 'Secrets `a` and `b`' },
          line: 14,
        },
      ],
    },
  ],
})
