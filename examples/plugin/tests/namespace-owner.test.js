import { describe, it } from 'node:test'
import { RuleTester } from '@daemonlint/core/rule-tester'
import rule from '../rules/namespace-owner.js'
import { daemonSet } from './manifests.js'

RuleTester.describe = describe
RuleTester.it = it

const namespace = (name, labels = '{}') => `apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
  labels: ${labels}
`

new RuleTester().run('namespace-owner', rule, {
  valid: [
    // Which namespaces there are is not known.
    daemonSet(),
    `${daemonSet()}---\n${namespace('logging', '{ owner: platform }')}`,
    { code: daemonSet(), files: { '/k8s/namespaces.yaml': namespace('other') } },
  ],
  invalid: [
    {
      code: `${daemonSet()}---\n${namespace('logging')}`,
      errors: [{ messageId: 'nobody', data: { name: 'agent', namespace: 'logging' }, line: 5, column: 14 }],
    },
    {
      code: daemonSet(),
      files: { '/k8s/namespaces.yaml': namespace('logging') },
      errors: [{ messageId: 'nobody' }],
    },
  ],
})
