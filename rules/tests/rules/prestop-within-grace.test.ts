import rule from '../../src/rules/prestop-within-grace.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const preStop = (action: string, spec?: string) =>
  daemonSet({
    ...(spec === undefined ? {} : { spec }),
    container: `image: agent:1.2.3\nlifecycle:\n  preStop:\n    ${action}`,
  })
const exec = (command: string, spec?: string) => preStop(`exec:\n      command: ${command}`, spec)
const sleep = (seconds: string, spec?: string) => preStop(`sleep: { seconds: ${seconds} }`, spec)
const grace = (seconds: string | number) => `terminationGracePeriodSeconds: ${seconds}`
const waits = (seconds: number, of: number, origin = '') => ({
  messageId: 'all',
  data: { container: 'agent', seconds, grace: of, origin },
})
const byDefault = ' (the default)'

ruleTester.run('prestop-within-grace', rule, {
  valid: [
    daemonSet(),
    exec('[sleep, "29"]'),
    exec('[sleep, "30"]', grace(31)),
    exec('[/bin/sh, -c, "sleep 10; sleep 10"]'),
    exec('[sleep, infinity]'),
    exec('[stop]'),
    exec('[stop, "60"]'),
    // the API server refuses it
    sleep('31'),
    sleep('29'),
    // these may not wait
    exec('[sh, -c, "if busy; then sleep 60; fi"]'),
    exec('[sh, -c, "while busy; do sleep 60; done"]'),
    exec('[sh, -c, "stop || sleep 60"]'),
    exec('[sh, -c, "sleep 60 & stop"]'),
    exec('[sh, -c, "[ -f /tmp/draining ] && sleep 60"]'),
    exec('[sh, -c, "stop; test -f /tmp/draining && sleep 60"]'),
    exec('[sleep, "60"]', grace('${GRACE}')),
    exec('[sleep, "${SECONDS}"]', grace(1)),
    { code: exec('[sleep, "60"]'), role: 'patch' },
    // `grace-period` speaks of it
    exec('[sleep, "60"]', grace(0)),
    preStop('httpGet: { port: 80 }'),
  ],
  invalid: [
    {
      code: exec('[sleep, "30"]'),
      errors: [
        {
          ...waits(30, 30, byDefault),
          line: 20,
          column: 34,
          endLine: 20,
          endColumn: 38,
          suggestions: [
            {
              messageId: 'longer',
              data: { seconds: 60 },
              output: `${exec('[sleep, "30"]')}      terminationGracePeriodSeconds: 60\n`,
            },
          ],
        },
      ],
    },
    {
      code: exec('[sleep, "20"]', grace(10)),
      errors: [
        {
          ...waits(20, 10),
          suggestions: [{ messageId: 'longer', output: exec('[sleep, "20"]', grace(50)) }],
        },
      ],
    },
    {
      code: sleep('60', grace(60)),
      errors: [
        {
          ...waits(60, 60),
          line: 20,
          column: 33,
          endLine: 20,
          endColumn: 35,
          suggestions: [{ messageId: 'longer', output: sleep('60', grace(90)) }],
        },
      ],
    },
    {
      code: exec('[sh, -c, "stop 2>&1; sleep 20 && /bin/sleep 0.5m"]'),
      errors: [{ ...waits(50, 30, byDefault), line: 20, column: 35 }],
    },
    // no autoscaler waits so long
    { code: exec('[sleep, 10m]'), errors: [{ ...waits(600, 30, byDefault), suggestions: [] }] },
    {
      code: daemonSet({
        spec: 'initContainers:\n  - name: proxy\n    image: proxy:1\n    restartPolicy: Always\n    lifecycle: { preStop: { exec: { command: [sleep, "40"] } } }',
      }),
      errors: [{ messageId: 'all', data: { container: 'proxy', seconds: 40, grace: 30, origin: byDefault } }],
    },
    // A test that decides nothing, and words that are no keywords
    ...['[ -f /tmp/draining ]; sleep 60', 'echo wait for it && sleep 60'].map((text) => ({
      code: exec(`[sh, -c, "${text}"]`),
      errors: [
        {
          ...waits(60, 30, byDefault),
          line: 20,
          column: 35,
          endLine: 20,
          endColumn: 37 + text.length,
        },
      ],
    })),
  ],
})
