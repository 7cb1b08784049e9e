/** Files of megabytes: whatever stands in them thousands of times takes linear time, and no more stack. */
import { describe, expect, it } from 'vitest'
import { fixText } from '../src/fix/passes.ts'
import type { FormatOptions } from '../src/formatters/format.ts'
import { lint, loadFormatter, resolveConfig } from '../src/index.ts'

const head = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: a
  annotations: {}
spec:
  selector: { matchLabels: { app: a } }
  template:
    metadata: { labels: { app: a } }
    spec:
      containers:
`
const good = `${head}      - name: c\n        image: a:1\n`
const config = resolveConfig([{ rules: {} }], { filePath: 'a.yaml', builtin: { rules: {} } })
const run = (text: string | Uint8Array) => lint(text, { config, filePath: 'a.yaml' })
const ids = (text: string | Uint8Array) => [...new Set(run(text).problems.map(({ ruleId }) => ruleId))]
const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join('')
const annotated = (count: number, value: string) =>
  good.replace('  annotations: {}\n', `  annotations:\n${lines(count, (at) => `    k${at}: ${value}\n`)}`)

/** Many times what it takes on an idle machine, and a fraction of what it took before. */
const bound = 10_000

function timed<Result>(work: () => Result): Result {
  const started = process.cpuUsage()
  const result = work()
  const { user } = process.cpuUsage(started)
  expect(user / 1000).toBeLessThan(bound)
  return result
}

describe('many of one kind take linear time', () => {
  it('unknown fields, with their fixes', () => {
    const { problems } = timed(() => run(good + lines(20_000, (at) => `y${at}: 1\n`)))
    expect(problems).toHaveLength(20_000)
  }, 60_000)

  it('containers', () => {
    const text = head + lines(10_000, (at) => `      - name: c${at}\n        image: a:1\n        x: 1\n`)
    expect(timed(() => run(text)).problems).toHaveLength(10_000)
  }, 60_000)

  it('annotations that a fix quotes, and the fixes of all', () => {
    const text = annotated(10_000, '1')
    const { output } = timed(() => fixText(text, run))
    expect(output).toBe(annotated(10_000, '"1"'))
  }, 60_000)

  it('anchors', () => {
    const text = good + lines(20_000, (at) => `y${at}: &a${at} 1\n`)
    expect(timed(() => run(text)).problems).toHaveLength(20_000)
  }, 60_000)

  it('fields that a merge brings', () => {
    const text = `${good}x: &x {${lines(5000, (at) => `k${at}: 1, `)}}\nz:\n  <<: *x\n`
    expect(ids(text)).toEqual(['api-server/unknown-field'])
    expect(timed(() => run(text)).root.children[0]!.keyAt('z', 'k4999')).toBeDefined()
  }, 60_000)

  it('directives, for one line or in one comment', () => {
    const many = '# daemonlint-disable-next-line image-tag\n'.repeat(100_000) + good
    expect(timed(() => run(many)).problems).toHaveLength(100_000)
    const long = `# daemonlint-disable ${'image-tag,'.repeat(150_000)}\n${good}`
    expect(timed(() => run(long)).problems.length).toBeGreaterThan(0)
  }, 60_000)

  it('separators', () => {
    expect(timed(() => ids(good + '---\n'.repeat(1_000_000)))).toEqual([])
    expect(timed(() => run(`${good}${'---x\n'.repeat(500_000)}`)).problems).toHaveLength(1)
  }, 60_000)

  it('bytes that are not UTF-8', () => {
    const bytes = new TextEncoder().encode(good)
    const wrong = new Uint8Array(bytes.length + 3_000_000).fill(0xff)
    wrong.set(bytes)
    expect(timed(() => ids(wrong))).toEqual(['api-server/encoding'])
    for (let at = bytes.length; at < wrong.length; at += 3) wrong.set([0x23, 0xff, 0x0a], at)
    expect(timed(() => ids(wrong))).toEqual(['api-server/encoding'])
  }, 60_000)

  it('aliases of one long text', () => {
    const text = `${good}x0: &x0 ${'a'.repeat(500_000)}\nx1: [${'*x0,'.repeat(100_000)}]\n`
    expect(timed(() => ids(text))).toEqual(['api-server/too-complex'])
    const shorter = `${good}x0: &x0 ${'a'.repeat(500)}\nx1: [${'*x0,'.repeat(100_000)}]\n`
    expect(timed(() => ids(shorter))).toEqual(['api-server/unknown-field'])
  }, 60_000)
})

describe('as many findings as things that each is looked for in', () => {
  const count = 5000
  const many = (item: (index: number) => string) =>
    Array.from({ length: count }, (_, at) => item(at)).join(', ')
  const inPod = (text: string) => good.replace('    spec:\n', `    spec:\n      ${text}\n`)
  const inContainer = (text: string) => `        ${text}\n`
  const volumes = inPod(`volumes: [${many((at) => `{ name: volume-${at}, hostPath: { path: /a } }`)}]`)

  it.each([
    [
      'volume-mount-name',
      volumes + inContainer(`volumeMounts: [${many((at) => `{ name: volume-x${at}, mountPath: /a${at} }`)}]`),
    ],
    [
      'volume-device',
      volumes +
        inContainer(`volumeDevices: [${many((at) => `{ name: volume-x${at}, devicePath: /a${at} }`)}]`),
    ],
    [
      'volume-device',
      volumes +
        inContainer(`volumeDevices: [${many((at) => `{ name: volume-${at}, devicePath: /a${at} }`)}]`),
    ],
    [
      'file-key-ref',
      volumes +
        inContainer(
          `env: [${many((at) => `{ name: a${at}, valueFrom: { fileKeyRef: { key: a, path: b, volumeName: volume-${at} } } }`)}]`,
        ),
    ],
    [
      'resource-claim-reference',
      inPod(`resourceClaims: [${many((at) => `{ name: claim-${at}, resourceClaimName: a }`)}]`) +
        inContainer(`resources: { claims: [${many((at) => `{ name: claim-x${at} }`)}] }`),
    ],
    [
      'resource-claim-reference',
      inPod('resourceClaims: [{ name: a, resourceClaimName: a }]') +
        inContainer(`resources: { claims: [${many(() => '{ name: a }')}] }`),
    ],
  ])(
    '%s',
    (id, text) => {
      const found = timed(() => run(text)).problems.filter(({ ruleId }) => ruleId === `api-server/${id}`)
      expect(found.length).toBeGreaterThanOrEqual(count - 1)
    },
    60_000,
  )

  it('templated values', () => {
    const text = head + lines(4 * count, (at) => `      - name: A_${at}\n        image: "\${IMAGE}:1"\n`)
    const { problems } = timed(() => run(text))
    expect(problems).toHaveLength(4 * count)
    expect(
      problems[count - 1]!.manifest!.isUnknown('spec', 'template', 'spec', 'containers', 9, 'image'),
    ).toBe(true)
  }, 60_000)

  it('labels that a selector wants otherwise', () => {
    const labels = (value: string) => lines(count, (at) => `, k${at}: ${value}`)
    const text = good
      .replace('matchLabels: { app: a', `matchLabels: { app: a${labels('a')}`)
      .replace('labels: { app: a }', `labels: { app: a${labels('b')} }`)
    const found = timed(() => run(text).problems.flatMap(({ suggestions = [] }) => suggestions))
    expect(found).toHaveLength(1)
  }, 60_000)

  it('annotations for containers', () => {
    const annotations = lines(
      count,
      (at) => `          container.apparmor.security.beta.kubernetes.io/x${at}: runtime/default\n`,
    )
    const text =
      head.replace(
        'metadata: { labels: { app: a } }',
        `metadata:\n        labels: { app: a }\n        annotations:\n${annotations}`,
      ) + lines(count, (at) => `      - name: c${at}\n        image: a:1\n`)
    const found = timed(() => run(text)).problems.filter(({ messageId }) => messageId === 'container')
    expect(found).toHaveLength(count)
  }, 60_000)
})

describe('aliases multiply no findings', () => {
  const faults = `[${lines(100, (at) => `{ name: 'a=${at}' }, `)}]`
  const shared = good.replace('- name: c', '- &c\n        name: c').concat(`        env: ${faults}\n`)

  it('of containers that take one over', () => {
    const text = shared + lines(1000, (at) => `      - { <<: *c, name: c${at} }\n`)
    const problems = timed(() => run(text)).problems.filter(({ ruleId }) => ruleId === 'api-server/env-name')
    expect(problems).toHaveLength(10 * 100)
    const fields = new Set(problems.map(({ field }) => field))
    expect(fields.size).toBe(problems.length)
    expect(fields).toContain('spec.template.spec.containers[9].env[99].name')
  }, 60_000)

  it('of items of a List', () => {
    const item = shared.replaceAll(/^/gm, '  ').replace('  apiVersion', '- &item\n  apiVersion').trimEnd()
    const text = `apiVersion: v1\nkind: List\nitems:\n${item}\n${'- *item\n'.repeat(100)}`
    const { problems } = timed(() => run(text))
    expect(problems).toHaveLength(10 * 100)
  }, 60_000)
})

describe('suggestions of thousands of findings, when they are read', () => {
  const count = 10_000
  const bare = {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'a' },
    spec: { selector: { matchLabels: { app: 'a' } } },
  }
  const withTemplate = (annotations: object, initContainers: object[]) => ({
    ...bare,
    spec: {
      ...bare.spec,
      template: {
        metadata: { labels: { app: 'a' }, annotations },
        spec: { initContainers, containers: [{ name: 'c', image: 'a:1' }] },
      },
    },
  })
  const probed = Array.from({ length: count }, (_, at) => ({
    name: `c${at}`,
    image: 'a:1',
    livenessProbe: { exec: { command: ['a'] } },
  }))
  const prefix = 'container.apparmor.security.beta.kubernetes.io/'
  const annotated = Object.fromEntries(probed.map((_, at) => [`${prefix}x${at}`, 'unconfined']))

  it.each([
    ['changes in items of a list, all on one line', JSON.stringify(withTemplate({}, probed))],
    ['changes in items of a list', JSON.stringify(withTemplate({}, probed), null, 2)],
    ['removals of entries, all on one line', JSON.stringify(withTemplate(annotated, []))],
    ['removals of entries', JSON.stringify(withTemplate(annotated, []), null, 2)],
  ])(
    '%s',
    (_, text) => {
      const { problems } = run(text)
      const made = timed(() => problems.flatMap(({ suggestions = [] }) => suggestions))
      expect(made.length).toBeGreaterThanOrEqual(count)
    },
    60_000,
  )
})

describe('one long text takes linear time', () => {
  const hole = (letter: string) => `a${letter.repeat(100_000)}a!`
  const named = (name: string) => good.replace('name: a\n', `name: '${name}'\n`)
  const inPod = (text: string) => good.replace('    spec:\n', `    spec:\n      ${text}\n`)

  it.each([
    ['object-name', named(hole('-'))],
    ['generate-name', named(hole('_')).replace('name:', 'generateName:')],
    ['container-name', good.replace('- name: c', `- name: '${hole('-')}'`)],
    ['namespace-name', named(`b'\n  namespace: '${hole('-')}`)],
    ['env-from', `${good}        envFrom: [{ configMapRef: { name: '${hole('-')}' } }]\n`],
    ['resource-claim', inPod(`resourceClaims: [{ name: '${hole('-')}' }]`)],
    ['invalid-quantity', inPod(`overhead: { cpu: '1${' '.repeat(100_000)}x' }`)],
    [
      'app-armor-profile',
      inPod(`securityContext:
        appArmorProfile: { type: Localhost, localhostProfile: "a${'\\u3000'.repeat(200_000)}a" }`),
    ],
    [
      'template-generation',
      good.replace(
        'annotations: {}',
        `annotations: { deprecated.daemonset.template.generation: '${'0'.repeat(200_000)}x' }`,
      ),
    ],
    ['unknown-field', inPod(`? ${'k'.repeat(500_000)}\n      : 1`)],
    [
      'volume-mount-name',
      inPod(`volumes: [{ name: ${'v'.repeat(500_000)} }]`) +
        `        volumeMounts: [{ name: ${'w'.repeat(500_000)}, mountPath: /a }]\n`,
    ],
  ])(
    '%s',
    (id, text) => {
      expect(timed(() => ids(text))).toContain(`api-server/${id}`)
    },
    60_000,
  )
})

describe('megabytes are read or declined', () => {
  it.each([
    ['blank lines after it', `${good}${'\n'.repeat(3e6)}`],
    ['comments', `${good}${'#\n'.repeat(2.5e6)}`],
    ['braces', `${good}${'{{ if }}\n'.repeat(5e5)}`],
    ['tabs', `${good}${'\t\n'.repeat(2e6)}`],
    ['keys without values', `${good}${'? \n'.repeat(1e6)}`],
  ])(
    '%s',
    (_, text) => {
      expect(timed(() => ids(text)).join()).toMatch(/^api-server\/(too-complex|yaml-syntax)$/)
    },
    60_000,
  )

  it('blank lines after the end of the document, which are no part of it', () => {
    expect(timed(() => ids(`${good}...\n${'\n'.repeat(3e6)}`))).toEqual([])
    expect(timed(() => ids(`${good}...\n${'\n'.repeat(3e6)}a`))).toEqual(['api-server/ignored-text'])
    expect(timed(() => ids(`${'\n'.repeat(3e6)}- kind: DaemonSet\n  apiVersion: apps/v1\n`))).toEqual([
      'api-server/top-level-list',
    ])
  }, 60_000)

  it('blank lines that a fix must look beyond', () => {
    const text = annotated(1, '1').replace('kind:', `${'\n'.repeat(1e6)}kind:`)
    expect(timed(() => fixText(text, run)).fixed).toBe(true)
  }, 60_000)
})

it('a long name in a message does not make every line of the report as long', async () => {
  const { problems } = run(`${good}${'k'.repeat(1e6)}: 1\n${lines(2000, (at) => `y${at}: 1\n`)}`)
  const file = { filePath: '/a.yaml', displayPath: 'a.yaml', problems, suppressed: [], source: good }
  const summary = {
    files: 1,
    workloads: 1,
    templates: 0,
    patches: 0,
    fixable: 0,
    rolled: [],
    hidden: 0,
    dryRun: false,
  }
  const format = await loadFormatter('stylish')
  const text = timed(() => format([file], { color: false, cwd: '/', summary } as unknown as FormatOptions))
  expect(text.length).toBeLessThan(1_000_000)
}, 60_000)
