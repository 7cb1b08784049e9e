import rule from '../../src/rules/service-target-port.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

const service = (target: string, more = '') =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: agent\nspec:\n  selector: { app: agent }\n  ports:\n    - port: 80\n      targetPort: ${target}\n${more}`
const agent = (ports: string, spec?: string) =>
  daemonSet({ spec, container: `image: agent:1\nports: ${ports}` })
const together = (target: string, ports: string, more?: string) =>
  `${service(target, more)}---\n${agent(ports)}`
const web = '[{ name: web, containerPort: 8080 }]'

ruleTester.run('service-target-port', rule, {
  valid: [
    service('web'),
    together('web', web),
    together('8081', web),
    together('"8081"', web),
    together('http', '[{ name: "${NAME}", containerPort: 8080 }]'),
    together('http', '${PORTS}'),
    together('${TARGET}', web),
    together('dns', '[{ name: dns, containerPort: 53, protocol: UDP }]', '      protocol: UDP\n'),
    together('dns', '[{ name: dns, containerPort: 53, protocol: UDP }]', '      protocol: ${PROTOCOL}\n'),
    together('http', web).replace('selector: { app: agent }', 'selector: { app: gateway }'),
    together('http', web).replace('selector: { app: agent }', 'selector: "${SELECTOR}"'),
    together('http', web).replace('apiVersion: v1\n', 'apiVersion: serving.knative.dev/v1\n'),
    `${service('web')}---\n${daemonSet({ spec: 'initContainers: [{ name: a, image: "a:1", restartPolicy: Always, ports: [{ name: web, containerPort: 80 }] }]' })}`,
    // Another workload may have the port.
    `${together('http', web)}---\n${agent('[{ name: http, containerPort: 80 }]').replace('DaemonSet', 'Deployment')}`,
    `${together('http', web)}---\n${agent(web).replace('DaemonSet', 'Deployment').replace('      labels:\n        app: agent', '      labels:\n        app: ${APP}')}`,
  ],
  invalid: [
    {
      code: together('http', web),
      errors: [
        {
          messageId: 'undeclared',
          data: { name: 'agent', place: 'line 11', port: 'http', expected: '`web`' },
          line: 9,
          column: 19,
          endLine: 9,
          endColumn: 23,
          suggestions: [{ messageId: 'set', data: { port: 'web' }, output: together('web', web) }],
        },
      ],
    },
    {
      code: together('http', '[{ containerPort: 8080 }, { name: dns, containerPort: 53, protocol: UDP }]'),
      errors: [
        {
          messageId: 'undeclared',
          data: { name: 'agent', place: 'line 11', port: 'http', expected: '`8080`' },
          suggestions: [
            {
              messageId: 'set',
              output: together(
                '8080',
                '[{ containerPort: 8080 }, { name: dns, containerPort: 53, protocol: UDP }]',
              ),
            },
          ],
        },
      ],
    },
    {
      code: `${service('http')}---\n${daemonSet()}`,
      errors: [
        {
          messageId: 'undeclared',
          data: { name: 'agent', place: 'line 11', port: 'http', expected: 'a number, or a declared port' },
          suggestions: [],
        },
      ],
    },
    {
      code: together('dns', '[{ name: dns, containerPort: 53, protocol: UDP }]'),
      errors: [
        {
          messageId: 'protocol',
          data: { name: 'agent', place: 'line 11', port: 'dns', declared: 'UDP', protocol: 'TCP' },
          line: 9,
          suggestions: [],
        },
      ],
    },
    {
      // An ordinary init container is gone before anything is sent.
      code: `${service('web')}---\n${daemonSet({ spec: 'initContainers: [{ name: a, image: "a:1", ports: [{ name: web, containerPort: 80 }] }]' })}`,
      errors: [{ messageId: 'undeclared' }],
    },
    {
      code: service('http'),
      files: { '/manifests/daemonset.yaml': agent(web) },
      errors: [
        {
          messageId: 'undeclared',
          data: { name: 'agent', place: 'daemonset.yaml', port: 'http', expected: '`web`' },
        },
      ],
    },
    {
      // However it is written
      code: together('!!str http', web),
      errors: [{ messageId: 'undeclared', line: 9, column: 25, endLine: 9, endColumn: 29 }],
    },
    {
      code: together('*p', web).replace('name: agent', 'name: &p agent'),
      errors: [{ messageId: 'undeclared', line: 9, column: 19, endLine: 9, endColumn: 21 }],
    },
  ],
})
