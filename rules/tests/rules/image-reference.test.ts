import rule from '../../src/rules/image-reference.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const withImage = (image: string) => daemonSet({ container: `image: ${image}` })
const hex = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

const cannotGuess = (image: string) => ({
  code: withImage(JSON.stringify(image)),
  errors: [{ messageId: 'invalid', suggestions: [] }],
})
const guesses = (image: string, near: string) => ({
  code: withImage(JSON.stringify(image)),
  errors: [
    {
      messageId: 'invalid',
      suggestions: [{ messageId: 'write', data: { image: near }, output: withImage(JSON.stringify(near)) }],
    },
  ],
})

ruleTester.run('image-reference', rule, {
  valid: [
    withImage('agent'),
    withImage('agent:1.2.3'),
    withImage('team/agent:V1.2.3_rc'),
    withImage('registry:5000/team/agent__two---three.four:1'),
    withImage('localhost/agent:1'),
    withImage('Registry/agent:1'),
    withImage('REGISTRY.example.com:443/agent:1'),
    withImage('"[2001:db8::1]:5000/agent:1"'),
    withImage(`agent@sha256:${hex}`),
    withImage(`agent:1.2@sha512:${hex}${hex}`),
    withImage(`agent:${'t'.repeat(128)}`),
    // what another tool is to fill in
    withImage('IMAGE'),
    withImage('quay.io/prometheus/node-exporter:NODE_EXPORTER_VERSION'),
    withImage('example.com/REPOSITORY/agent:1.2.3+4'),
    withImage('<image>'),
    withImage('"%IMAGE%:"'),
    withImage('"agent:$VERSION"'),
    withImage('${IMAGE}'),
    // some controllers fill in an image that is a space
    withImage('" "'),
  ],
  invalid: [
    {
      code: withImage('prom/Prometheus:v3.5.0'),
      errors: [
        {
          messageId: 'invalid',
          line: 16,
          column: 18,
          endLine: 16,
          endColumn: 40,
          suggestions: [
            {
              messageId: 'write',
              data: { image: 'prom/prometheus:v3.5.0' },
              output: withImage('prom/prometheus:v3.5.0'),
            },
          ],
        },
      ],
    },
    {
      code: withImage('"agent:1.2.3 "'),
      errors: [
        {
          messageId: 'padded',
          suggestions: [{ messageId: 'write', output: withImage('"agent:1.2.3"') }],
        },
      ],
    },
    {
      code: withImage('" agent :1.2.3"'),
      errors: [{ messageId: 'padded', suggestions: [] }],
    },
    guesses('https://example.com/agent:1.2.3', 'example.com/agent:1.2.3'),
    guesses('docker://agent:1.2.3', 'agent:1.2.3'),
    guesses('agent:v1.2.3+k3s1', 'agent:v1.2.3-k3s1'),
    guesses('example.com/myTeam/agent', 'example.com/myteam/agent'),
    cannotGuess('agent: 1.2.3'),
    cannotGuess('agent:'),
    cannotGuess('registry:5000/agent:'),
    cannotGuess('agent:.1'),
    cannotGuess(`agent:${'t'.repeat(129)}`),
    cannotGuess('agent@sha256:9f86d081'),
    cannotGuess(`agent@sha256:${hex}0`),
    cannotGuess(`agent@sha256:${hex.toUpperCase()}`),
    cannotGuess(`agent@md5:${hex}`),
    cannotGuess(`agent@${hex}`),
    cannotGuess('agent@'),
    cannotGuess(`agent@sha256:${hex}@sha256:${hex}`),
    cannotGuess('example.com//agent:1'),
    cannotGuess('example.com/agent/'),
    cannotGuess('/agent:1'),
    cannotGuess('agent-:1'),
    cannotGuess('team/_agent'),
    cannotGuess('team/agent..two'),
    cannotGuess('-example.com/agent'),
    cannotGuess('registry:port/agent'),
    cannotGuess(hex),
    cannotGuess(`example.com/${'a'.repeat(256)}`),
    {
      // init containers and flow style
      code: daemonSet({ spec: 'initContainers: [{ name: prepare, image: "busybox:" }]' }),
      errors: [{ messageId: 'invalid', line: 14, column: 48, endLine: 14, endColumn: 58 }],
    },
  ],
})
