import { describe, expect, it } from 'vitest'
import { trustsShape } from '../../src/schema/index.ts'
import { judgeText, show } from '../apiserver/shared.ts'

interface Parts {
  spec?: string
  pod?: string
  container?: string
}

const indent = (text: string | undefined, by: number) =>
  text === undefined ? '' : `${text.replace(/^/gm, ' '.repeat(by))}\n`

const manifest = ({ spec, pod, container }: Parts): string => `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
${indent(spec, 2)}  selector:
    matchLabels: { app: agent }
  template:
    metadata:
      labels: { app: agent }
    spec:
${indent(pod, 6)}      containers:
        - name: agent
          image: example.com/agent:1.4.2
${indent(container, 10)}`

const find = (parts: Parts, versions?: string[]) => judgeText(manifest(parts), versions).problems.map(show)
const fieldsAndMessages = (parts: Parts, versions?: string[]) =>
  find(parts, versions).map((line) => line.replace(/ \d+:\d+ /, ': '))

describe('unknown fields', () => {
  it.each<[Parts, string]>([
    [{ pod: 'nodeSelectors: { a: b }' }, 'did you mean `nodeSelector`?'],
    [{ spec: 'strategy: { type: RollingUpdate }' }, 'did you mean `updateStrategy`?'],
    [{ pod: 'hostnetwork: true' }, 'did you mean `hostNetwork`?'],
    [{ pod: 'host_network: true' }, 'did you mean `hostNetwork`?'],
    [{ spec: 'tolerations: [{ operator: Exists }]' }, 'it belongs to `spec.template.spec`.'],
    [{ spec: 'spec: { containers: [] }' }, 'it belongs to `spec.template`.'],
    [{ container: 'hostNetwork: true' }, 'it belongs to `spec.template.spec`.'],
    [{ container: 'privileged: true' }, 'it belongs to `spec.template.spec.containers[0].securityContext`.'],
    [{ container: 'limits: { cpu: 1 }' }, 'it belongs to `spec.template.spec.containers[0].resources`.'],
    [
      { pod: 'volumeMounts: [{ name: a, mountPath: /a }]' },
      'it belongs to `spec.template.spec.containers[*]`.',
    ],
    [{ pod: 'maxUnavailable: 1' }, 'it belongs to `spec.updateStrategy.rollingUpdate`.'],
    [{ container: 'imagePullPolic: Always' }, 'did you mean `imagePullPolicy`?'],
    [{ container: 'wibble: 1' }, 'so the API server refuses the manifest.'],
  ])('%j: %s', (parts, message) => {
    const found = find(parts)
    expect(found).toHaveLength(1)
    expect(found[0]).toContain('unknown-field ')
    expect(found[0]).toContain(message)
  })

  it('points at the key and names the field as the server prints it', () => {
    expect(find({ container: 'wibble: { a: [1] }' })).toEqual([
      'unknown-field spec.template.spec.containers[0].wibble 15:11 `wibble` is no field of ' +
        '`spec.template.spec.containers[0]`, so the API server refuses the manifest.',
    ])
  })

  it('are not judged where they are templated', () => {
    expect(find({ container: 'args: ["${A}"]\nimagePullPolicy: ${POLICY}' })).toEqual([])
  })

  it('says nothing of what is missing where a misplaced field belongs', () => {
    const text = manifest({})
      .replace(/ {2}selector:\n.*\n/, '')
      .replace('    metadata:\n      labels', '    selector:\n      matchLabels: { app: agent }\n$&')
    expect(judgeText(text).problems.map(show)).toEqual([expect.stringContaining('it belongs to `spec`.')])
  })
})

describe('types', () => {
  it.each<[Parts, string]>([
    [
      { container: 'env: [{ name: A, value: 8080 }]' },
      '`value` must be a string, but `8080` is a number: quote it, `"8080"`.',
    ],
    [{ pod: 'nodeSelector: { a: yes }' }, '`yes` is a boolean in the YAML that Kubernetes reads'],
    [
      { container: 'args: [0644]' },
      'An item of `args` must be a string, but `0644` is a number: quote it, `"0644"`.',
    ],
    [{ container: 'command: /bin/sh' }, '`command` must be a list of strings, but this is a string'],
    [
      { container: 'env: { A: b }' },
      '`env` must be a list of maps, but this is a map: begin each item with `- `.',
    ],
    [{ container: 'resources: []' }, '`resources` must be a map, but this is a list.'],
    [{ container: 'ports: [{ containerPort: "80" }]' }, 'write `80` without quotes.'],
    [{ pod: 'hostPID: "true"' }, 'write `true` without quotes.'],
    [{ pod: 'hostPID: 1' }, '`hostPID` must be true or false, but this is a number.'],
    [{ spec: 'minReadySeconds: 1.5' }, '`minReadySeconds` must be a whole number, but this is `1.5`.'],
    [{ spec: 'minReadySeconds: 3000000000' }, 'can hold: a whole number from -2147483648 to 2147483647.'],
    [
      { container: 'resources: { limits: { cpu: true } }' },
      '`cpu` must be a quantity such as 100m or 64Mi, but this is a boolean.',
    ],
    [
      { container: 'resources: { limits: { memory: 1gb } }' },
      '`1gb` is no quantity for `memory`; did you mean `1G`?',
    ],
    [
      { spec: 'updateStrategy: { rollingUpdate: { maxUnavailable: yes } }' },
      'must be a whole number or a string, but this is a boolean.',
    ],
    [{ spec: 'updateStrategy: RollingUpdate' }, '`updateStrategy` must be a map, but this is a string.'],
  ])('%j: %s', (parts, message) => {
    const found = find(parts)
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(message)
  })

  it.each<[Parts]>([
    [{ spec: 'minReadySeconds: 1.0' }],
    [{ pod: 'terminationGracePeriodSeconds: 9223372036854775807' }],
    [{ container: 'resources: { limits: { cpu: 1, memory: 1e9, x/y: null } }' }],
    [{ spec: 'updateStrategy: { rollingUpdate: { maxUnavailable: 10% } }' }],
    [{ container: 'env:\nargs: ~\ncommand: [~]' }],
  ])('%j is fine', (parts) => expect(find(parts)).toEqual([]))
})

describe('versions', () => {
  const parts = { container: 'lifecycle: { stopSignal: SIGUSR1 }' }
  it('names the version that a field came with and the targets without it', () => {
    expect(fieldsAndMessages(parts, ['1.29', '1.31', '1.36'])).toEqual([
      'field-version spec.template.spec.containers[0].lifecycle.stopSignal: `stopSignal` of ' +
        '`spec.template.spec.containers[0].lifecycle` exists since Kubernetes 1.33; ' +
        'your targets 1.29 and 1.31 refuse it.',
    ])
    expect(find(parts, ['1.33'])).toEqual([])
  })

  it('names the place, where fields of other places are older', () => {
    expect(fieldsAndMessages({ pod: 'resources: { limits: { cpu: 1 } }' }, ['1.29'])).toEqual([
      'field-version spec.template.spec.resources: `resources` of `spec.template.spec` exists since Kubernetes 1.32; ' +
        'your target 1.29 refuses it.',
    ])
  })

  it('names the last version of a field that is gone', () => {
    const claim = { pod: 'resourceClaims: [{ name: a, source: { resourceClaimName: b } }]' }
    expect(find(claim, ['1.30'])).toEqual([])
    expect(fieldsAndMessages(claim, ['1.36'])).toEqual([
      expect.stringContaining(
        '`source` of `spec.template.spec.resourceClaims[0]` was removed after Kubernetes 1.30; your target 1.36 refuses it.',
      ),
    ])
  })
})

describe('patches', () => {
  const patch = (container: string) => `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec:
  template:
    spec:
      $setElementOrder/containers: [{ name: agent }]
      containers:
        - name: agent
          ${container}
`
  it('may delete, merge and order', () => {
    const text = patch(
      'env: [{ $patch: delete, name: A }]\n          livenessProbe: null\n          $retainKeys: [name]',
    )
    expect(judgeText(text).problems.map(show)).toEqual([])
  })

  it('must have known fields of the right type', () => {
    expect(judgeText(patch('arg: [a]')).problems.map(show)).toEqual([
      expect.stringContaining('did you mean `args`?'),
    ])
    expect(judgeText(patch('args: [1]')).problems.map(show)).toEqual([expect.stringContaining('quote it')])
  })
})

it('trusts other workloads by the shape of their known fields', () => {
  const pod = (containers: unknown) => ({ spec: { template: { spec: { containers } } } })
  expect(trustsShape('deployment', pod([{ name: 'a', nonsense: 1 }]))).toBe(true)
  expect(trustsShape('deployment', pod({ name: 'a' }))).toBe(false)
  expect(trustsShape('deployment', pod([{ name: 8 }]))).toBe(false)
  expect(trustsShape('manifest', pod(8))).toBe(true)
})

describe('quoted booleans', () => {
  const found = (parts: Parts) => judgeText(manifest(parts)).problems[0]!
  it('are unquoted', () => {
    expect(found({ container: "tty: 'true'" }).fix?.edits[0]?.text).toBe('true')
    expect(found({ container: "securityContext: { privileged: 'false' }" }).fix?.edits[0]?.text).toBe('false')
    expect(found({ pod: "hostPID: 'false'" }).fix?.edits[0]?.text).toBe('false')
  })

  it.each<[Parts]>([
    [{ container: "securityContext: { privileged: 'true' }" }],
    [{ container: "securityContext:\n  allowPrivilegeEscalation: 'true'" }],
    [{ pod: "hostNetwork: 'true'" }],
    [{ pod: 'hostPID: "true"' }],
    [{ pod: 'hostIPC: "true"' }],
  ])('give power over the node only to whom a person gives it: %j', (parts) => {
    const { fix, suggestions = [] } = found(parts)
    expect(fix).toBeUndefined()
    expect(suggestions.map((one) => one.fix.edits[0]?.text)).toEqual(['true'])
    expect(suggestions[0]?.message).toMatch('power over its node')
  })
})
