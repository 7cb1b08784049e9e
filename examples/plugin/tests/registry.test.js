import { describe, it } from 'node:test'
import { RuleTester } from '@daemonlint/core/rule-tester'
import rule from '../rules/registry.js'
import { daemonSet } from './manifests.js'

RuleTester.describe = describe
RuleTester.it = it

const settings = { house: { registries: ['registry.example.com'] } }

new RuleTester({ settings }).run('registry', rule, {
  valid: [
    daemonSet('registry.example.com/team/agent:1.4.2'),
    daemonSet('"${IMAGE}"'),
    { code: daemonSet('agent:1.4.2'), settings: { house: { registries: ['docker.io'] } } },
    { code: daemonSet('quay.io/team/agent:1.4.2'), settings: { house: { registries: [] } } },
  ],
  invalid: [
    {
      code: daemonSet('quay.io/team/agent:1.4.2'),
      errors: [
        {
          messageId: 'foreign',
          data: { container: 'agent', registry: 'quay.io' },
          line: 15,
          column: 18,
          suggestions: [
            {
              messageId: 'mirror',
              data: { registry: 'registry.example.com' },
              output: daemonSet('registry.example.com/team/agent:1.4.2'),
            },
          ],
        },
      ],
    },
    {
      code: daemonSet('agent:1.4.2'),
      errors: [
        {
          messageId: 'foreign',
          data: { container: 'agent', registry: 'docker.io' },
          suggestions: [{ output: daemonSet('registry.example.com/agent:1.4.2') }],
        },
      ],
    },
  ],
})
