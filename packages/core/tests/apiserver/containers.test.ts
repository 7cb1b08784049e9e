import { describe, expect, it } from 'vitest'
import { applyEdits } from '../../src/fix/index.ts'
import { daemonSetOf, judgeText, show } from './shared.ts'

const container = (fields: string) =>
  daemonSetOf(`containers:\n  - name: agent\n    image: example.com/agent:1.4.2\n    ${fields}\n`)

const found = (text: string, versions?: string) =>
  judgeText(text, versions).problems.map(({ ruleId, field }) => `${ruleId.slice(11)} ${field}`)

const at = 'spec.template.spec.containers[0]'

describe('several versions', () => {
  it('take what the oldest takes', () => {
    const text = container('restartPolicy: Never')
    expect(found(text, '1.34-1.36')).toEqual([])
    expect(found(text, '1.33-1.36')).toEqual([`container-restart-policy ${at}.restartPolicy`])
    const name = container('env: [{ name: 1st, value: x }]')
    expect(found(name, '1.32-1.36')).toEqual([])
    expect(found(name, '1.31-1.36')).toEqual([`env-name ${at}.env[0].name`])
  })

  it('check what only the newest know', () => {
    const text = container('restartPolicy: Sometimes')
    expect(found(text, '1.34')).toEqual([])
    expect(found(text, '1.34-1.35')).toEqual([`container-restart-policy ${at}.restartPolicy`])
  })

  it('say once that an old one does not know a source', () => {
    const text = `${container('env: [{ name: A, valueFrom: { fileKeyRef: { volumeName: v, path: a, key: A } } }]')}volumes: [{ name: v }]\n`
    const whole = text.replace('volumes:', '      volumes:')
    expect(found(whole, '1.36')).toEqual([])
    expect(found(whole, '1.34-1.36')).toEqual([`env-value-from ${at}.env[0].valueFrom`])
    expect(found(whole, '1.33').map((line) => line.split(' ')[0])).toEqual(['field-version'])
  })

  it('want no second source where one is dropped', () => {
    const text = container(
      'env: [{ name: A, valueFrom: { fieldRef: { fieldPath: spec.nodeName }, fileKeyRef: {} } }]',
    )
    expect(found(text, '1.34')).toEqual([])
    expect(found(text, '1.36')).toContain(`env-value-from ${at}.env[0].valueFrom`)
  })
})

describe('one cause is one message', () => {
  it('does not warn of ports whose conflict is refused', () => {
    const text = container(
      'ports: [{ containerPort: 80, hostPort: 80, name: a }, { containerPort: 80, hostPort: 80, name: a }]',
    )
    expect(found(text).sort()).toEqual([
      `host-port-conflict ${at}.ports[1].hostPort`,
      `port-name-unique ${at}.ports[1].name`,
    ])
  })

  it('does not complain of a negative threshold twice', () => {
    const text = container('livenessProbe: { tcpSocket: { port: 80 }, successThreshold: -1 }')
    expect(found(text)).toEqual([`probe-number ${at}.livenessProbe.successThreshold`])
  })

  it('warns of a port once, however often it is declared before', () => {
    const text = container('ports: [{ containerPort: 80 }, { containerPort: 80 }, { containerPort: 80 }]')
    expect(found(text)).toEqual([`duplicate-port ${at}.ports[1]`, `duplicate-port ${at}.ports[2]`])
  })
})

describe('what is not known', () => {
  it('a port is not compared where its address is a template', () => {
    const text = container(
      'ports: [{ containerPort: 80, hostPort: 80, hostIP: "${IP}" }, { containerPort: 81, hostPort: 80 }]',
    )
    expect(found(text)).toEqual([])
  })

  it('a volume may be the one, or be there, where names are templates', () => {
    const env = 'env: [{ name: A, valueFrom: { fileKeyRef: { volumeName: v, path: a, key: A } } }]'
    expect(found(container(env))).toEqual([`file-key-ref ${at}.env[0].valueFrom.fileKeyRef.volumeName`])
    expect(found(`${container(env)}      volumes: [{ name: "\${VOLUME}", emptyDir: {} }]\n`)).toEqual([])
  })
})

it('points at the first of two equal names as well', () => {
  const { problems, root } = judgeText(
    daemonSetOf('initContainers: [{ name: a, image: x }]\ncontainers: [{ name: a, image: z }]\n'),
  )
  expect(problems.map(show)).toHaveLength(1)
  const { start, end } = problems[0]!.related!.position
  expect(root.text.slice(start.offset, end.offset)).toBe('a')
  expect(start.line).toBe(13)
})

it('bears names of prototypes, huge texts and items of null', () => {
  const name = 'x'.repeat(100_000)
  const text = daemonSetOf(`initContainers: [null]
containers:
  - name: __proto__
    image: x
    env: [null, { name: constructor, value: x }, { name: __proto__, value: x }, { name: ${name}, value: x }]
    ports: [null, { containerPort: 80, name: ${name}, protocol: constructor }]
    envFrom: [null]
    livenessProbe: { httpGet: { port: ${name}, scheme: ${name}, httpHeaders: [null] } }
    restartPolicy: ${name}
    restartPolicyRules: [null]
`)
  const { problems } = judgeText(text)
  expect(problems.length).toBeGreaterThan(10)
  expect(problems.filter(({ message }) => message.length > 400).map(show)).toEqual([])
})

describe('a sleep that does not fit into the grace period', () => {
  const hook = `${container('lifecycle: { preStop: { sleep: { seconds: 60 } } }').trimEnd()}\n`

  it.each([
    ['by default', hook, `${hook}      terminationGracePeriodSeconds: 90\n`],
    [
      'as it is stated',
      `${hook}      terminationGracePeriodSeconds: 45\n`,
      `${hook}      terminationGracePeriodSeconds: 90\n`,
    ],
  ])('is given one that leaves the daemon its time, %s', (_, text, output) => {
    const [problem, ...others] = judgeText(text).problems
    expect(others).toEqual([])
    expect(problem!.ruleId).toBe('api-server/lifecycle-sleep')
    const [suggestion, ...more] = problem!.suggestions!
    expect(more).toEqual([])
    expect(suggestion!.message).toBe('Give the pod 90 seconds to end: 30 are left to the daemon.')
    expect(applyEdits(text, [suggestion!.fix]).output).toBe(output)
  })
})
