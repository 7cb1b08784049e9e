import { describe, expect, it } from 'vitest'
import { judge } from '../../src/apiserver/index.ts'
import { parse } from '../../src/parse/index.ts'
import { daemonSetOf, judgeText, show } from './shared.ts'

const container = (fields: string) =>
  daemonSetOf(
    `containers:\n  - name: agent\n    image: example.com/agent:1\n${fields.replace(/^/gm, '    ')}`,
  )

const found = (text: string, versions?: string | string[]) =>
  judgeText(text, versions).problems.map(({ ruleId }) => ruleId.replace('api-server/', ''))

describe('what is not known is not judged', () => {
  it.each([
    ['a request', 'resources: { limits: { cpu: 1 }, requests: { cpu: "${CPU}" } }'],
    ['a limit', 'resources: { limits: { cpu: "${CPU}" }, requests: { cpu: 2 } }'],
    ['the limit of a GPU', 'resources: { limits: { a.com/gpu: "${GPUS}" }, requests: { a.com/gpu: 2 } }'],
    ['memory beside huge pages', 'resources: { limits: { hugepages-2Mi: 2Mi, memory: "${MEMORY}" } }'],
    ['all limits', 'resources: { limits: "${LIMITS}", requests: { a.com/gpu: 2, hugepages-2Mi: 2Mi } }'],
    ['the name of a mount', 'volumeMounts: [{ name: "${VOLUME}", mountPath: /a }]'],
    [
      'whether it is privileged',
      'securityContext: { privileged: "${PRIVILEGED}" }\nvolumeMounts: [{ name: a, mountPath: /a, mountPropagation: Bidirectional }]',
    ],
    [
      'whether it is read-only',
      'volumeMounts: [{ name: a, mountPath: /a, readOnly: "${RO}", recursiveReadOnly: Enabled }]',
    ],
    ['what claims there are', 'resources: { claims: [{ name: gpu }] }', 'resourceClaims: "${CLAIMS}"\n'],
    [
      'how a claim is called',
      'resources: { claims: [{ name: gpu }] }',
      'resourceClaims: [{ name: "${C}", resourceClaimName: a }]\n',
    ],
    ['what volumes there are', 'volumeMounts: [{ name: b, mountPath: /a }]', 'volumes: "${VOLUMES}"\n'],
    ['what one of the volumes is', 'volumeMounts: [{ name: b, mountPath: /a }]', 'volumes: ["${VOLUME}"]\n'],
    [
      'how a volume is called',
      'volumeMounts: [{ name: b, mountPath: /a }]',
      'volumes: [{ name: "${V}", emptyDir: {} }]\n',
    ],
    ['whether a container restarts', 'resizePolicy: [{ resourceName: cpu, restartPolicy: "${P}" }]'],
  ])('%s', (_, fields, pod = 'volumes: [{ name: a, emptyDir: {} }]\n') => {
    expect(
      judgeText(container(fields).replace('      containers', `      ${pod}      containers`)).problems.map(
        show,
      ),
    ).toEqual([])
  })

  it('what is known beside it is', () => {
    const pod = 'volumes: [{ name: a, hostPath: { path: "${DIR}" } }]\n'
    const text = container('volumeMounts: [{ name: b, mountPath: "${DIR}" }]')
    expect(found(text.replace('      containers', `      ${pod}      containers`))).toEqual([
      'volume-mount-name',
    ])
    expect(
      found(container('resources: { limits: { cpu: 1, memory: "${M}" }, requests: { cpu: 2 } }')),
    ).toEqual(['requests-exceed-limits'])
    const templated = container('resources: { requests: { cpu: 2, memory: "${M}" } }')
    expect(
      found(
        templated.replace('      containers', '      resources: { requests: { cpu: 1 } }\n      containers'),
      ),
    ).toEqual(['pod-resources'])
  })
})

it('a patch is judged by what it states', () => {
  const text = container(
    'resources: { limits: { cpu: 1 }, requests: { cpu: 2, a.com/gpu: 1 } }\nvolumeMounts: [{ name: nowhere, mountPath: /a }]',
  )
  const root = parse(text, { wants: () => true, context: { role: 'patch' } })
  const { problems } = judge(root, { kubernetesVersions: ['1.36'] })
  expect(problems.map(({ ruleId }) => ruleId)).toEqual(['api-server/requests-exceed-limits'])
})

describe('messages', () => {
  const messages = (text: string) => judgeText(text).problems.map(({ message }) => message)

  it('name both amounts, and suggest what may be meant', () => {
    const { problems } = judgeText(container('resources: { limits: { cpu: 200m }, requests: { cpu: 100 } }'))
    expect(problems).toMatchObject([
      {
        message:
          '`cpu` is requested as `100` but limited to `200m`: a container cannot be promised more than it may use.',
        related: { message: 'the limit' },
        suggestions: [
          { message: 'Write `100m`, in the unit of the other.' },
          { message: 'Lower the request to `200m`.' },
        ],
      },
    ])
  })

  it('do not take one core for a slip', () => {
    const { problems } = judgeText(container('resources: { limits: { cpu: 500m }, requests: { cpu: 1 } }'))
    expect(problems[0]!.suggestions!.map(({ message }) => message)).toEqual([
      'Raise the limit to `1`.',
      'Lower the request to `500m`.',
    ])
  })

  it('list volumes, but not all of many', () => {
    const volumes = (count: number) =>
      container('volumeMounts: [{ name: other, mountPath: /a }]').replace(
        '      containers',
        `      volumes: [${Array.from({ length: count }, (_, index) => `{ name: v${index} }`)}]\n      containers`,
      )
    expect(messages(volumes(2))).toEqual([
      'The pod has no volume `other` to mount; its volumes are `v0` and `v1`.',
    ])
    expect(messages(volumes(9))[0]).toContain('`v3` and 5 more')
  })

  it('cut what is long', () => {
    const long = 'x'.repeat(500)
    for (const text of [
      container(`resources: { limits: { ${long}: 1 } }`),
      container(`volumeMounts: [{ name: ${long}, mountPath: /a }]`),
      container(`volumeMounts: [{ name: a, mountPath: /a, subPath: /${long} }]`),
      container(`resources: { limits: { memory: ${'1'.repeat(400)}m } }`),
      container(`resources: { limits: { cpu: 1 }, requests: { cpu: ${'1'.repeat(400)} } }`),
    ]) {
      for (const message of messages(text)) expect(message.length).toBeLessThan(320)
    }
  })
})

it('strange keys and numbers do no harm', () => {
  expect(found(container('resources: { limits: { __proto__: 1, constructor: 1, toString: -1 } }'))).toEqual([
    'resource-name',
    'resource-name',
    'resource-name',
  ])
  expect(
    found(container('resources: { requests: { cpu: "1e2000000000", memory: "1e-2000000000" } }')),
  ).toEqual(['fractional-bytes'])
  expect(found(container('resources: { limits: { cpu: 1, hugepages-1e100: 1 } }'))).toEqual(['huge-pages'])
})

describe('what gives power over a node', () => {
  const changesOf = (propagation: string) => {
    const mount = `{ name: a, mountPath: /a, mountPropagation: ${propagation} }`
    const text = container(`volumeMounts: [${mount}]`)
    const { problems } = judgeText(`${text}      volumes: [{ name: a, hostPath: { path: /a } }]\n`)
    return problems.map(({ fix, suggestions }) => [
      fix?.edits.map(({ text }) => text),
      suggestions?.map(({ message }) => message),
    ])
  }

  it('is suggested, where wrong case of another value is mended', () => {
    expect(changesOf('bidirectional')).toEqual([
      [undefined, ['Write `Bidirectional`, if it is to mount on its node.']],
    ])
    expect(changesOf('hostToContainer')).toEqual([[['HostToContainer'], undefined]])
    expect(changesOf('none')).toEqual([[['None'], undefined]])
  })
})
