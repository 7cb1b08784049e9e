import { describe, expect, it } from 'vitest'
import { applyEdits } from '../../src/fix/index.ts'
import { daemonSetOf, judgeText, show } from './shared.ts'

/** A DaemonSet with these lines in its pod's spec, and in the container above them. */
const daemonSet = (pod: string, mounts = '') =>
  daemonSetOf(`containers:
  - name: agent
    image: example.com/agent:1.4.2
${mounts.replace(/^/gm, '    ')}
${pod}`)

const findings = (text: string) => judgeText(text).problems.map(({ ruleId, field }) => `${ruleId} ${field}`)

/** What the first problem's suggestions make of a text, by their messages. */
function suggested(text: string) {
  const [problem] = judgeText(text).problems
  return Object.fromEntries(
    (problem?.suggestions ?? []).map(({ message, fix }) => [message, applyEdits(text, [fix]).output]),
  )
}

describe('modes', () => {
  const text = daemonSet('volumes:\n  - name: settings\n    configMap: { name: agent, defaultMode: 644 }')

  it('are written in octal, as they were meant', () => {
    const outputs = suggested(text)
    expect(outputs).toEqual({ 'Write `0644`.': text.replace('644', '0644') })
    expect(judgeText(outputs['Write `0644`.']!).problems).toEqual([])
  })

  it('are written in decimal in JSON, which has no octal', () => {
    const json = JSON.stringify({
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'agent' },
      spec: {
        selector: { matchLabels: { app: 'agent' } },
        template: {
          metadata: { labels: { app: 'agent' } },
          spec: {
            containers: [{ name: 'agent', image: 'example.com/agent:1.4.2' }],
            volumes: [{ name: 'token', secret: { secretName: 'agent', defaultMode: 400 * 2 - 45 } }],
          },
        },
      },
    })
    expect(Object.values(suggested(json))).toEqual([json.replace('755', '493')])
  })

  it('that cannot be octal have no suggestion', () => {
    expect(suggested(text.replace('644', '888'))).toEqual({})
    expect(suggested(text.replace('644', '-1'))).toEqual({})
    expect(suggested(text.replace('644', '0x1ff0'))).toEqual({})
  })

  it('behind an alias are left to people', () => {
    const aliased = daemonSet(`volumes:
  - name: settings
    configMap: { name: agent, defaultMode: &mode 644 }
  - name: token
    secret: { secretName: agent, defaultMode: *mode }`)
    const [, second] = judgeText(aliased).problems
    expect(second?.field).toBe('spec.template.spec.volumes[1].secret.defaultMode')
    expect(second?.suggestions).toBeUndefined()
  })
})

describe('names', () => {
  const mounts = `volumeMounts:
  - name: Run_Dir
    mountPath: /run
  - name: lib
    mountPath: /lib`
  const text = daemonSet(
    'volumes:\n  - name: Run_Dir\n    emptyDir: {}\n  - name: lib\n    emptyDir: {}',
    mounts,
  )

  it('are changed where they are mounted, too', () => {
    const outputs = Object.values(suggested(text))
    expect(outputs).toHaveLength(1)
    expect(outputs[0]!.match(/run-dir/g)).toHaveLength(2)
    expect(judgeText(outputs[0]!).problems.map(show)).toEqual([])
  })

  it('are not changed to one that is there', () => {
    const taken = text.replaceAll('lib', 'run-dir')
    expect(findings(taken)).toEqual([
      'api-server/volume-name spec.template.spec.volumes[0].name',
      'api-server/volume-mount-name spec.template.spec.containers[0].volumeMounts[0].name',
    ])
    expect(suggested(taken)).toEqual({})
  })
})

describe('what is not known', () => {
  const mounts = 'volumeMounts:\n  - name: run\n    mountPath: /run'

  it.each([
    'hostPath: { path: "${RUN}" }',
    'hostPath: { path: /run, type: "${TYPE}" }',
    'configMap: { name: "${NAME}", items: [{ key: "${KEY}", path: "${PATH}" }, { key: b, path: "${OTHER}" }] }',
    'csi: { driver: "${DRIVER}" }',
  ])('is no fault of a volume, nor of its mounts: %s', (source) => {
    expect(findings(daemonSet(`volumes:\n  - name: run\n    ${source}`, mounts))).toEqual([])
  })

  it('leaves a mount of what is refused for another reason refused', () => {
    const source = 'configMap: { name: "${NAME}", defaultMode: 888 }'
    expect(findings(daemonSet(`volumes:\n  - name: run\n    ${source}`, mounts))).toEqual([
      'api-server/file-mode spec.template.spec.volumes[0].configMap.defaultMode',
      'api-server/volume-mount-name spec.template.spec.containers[0].volumeMounts[0].name',
    ])
  })

  it('hides what is missing because its field is misspelt, and says nothing of its mounts', () => {
    const text = daemonSet('volumes:\n  - name: run\n    secret: { name: agent }', mounts)
    expect(findings(text)).toEqual(['api-server/unknown-field spec.template.spec.volumes[0].secret.name'])
  })
})

describe('large volumes', () => {
  it.each([
    ['many files', Array.from({ length: 4000 }, (_, index) => `a/${index}`)],
    ['a deep file', [`${'a/'.repeat(50_000)}a`, `${'a/'.repeat(50_000)}b`]],
    ['slashes', [`a${'/'.repeat(100_000)}b`, `${'b/'.repeat(3)}${'/'.repeat(100_000)}`]],
  ])('take no long time: %s', (_, paths) => {
    const items = JSON.stringify(paths.map((path) => ({ key: 'a', path })))
    const started = performance.now()
    expect(
      judgeText(daemonSet(`volumes: [{ name: a, configMap: { name: a, items: ${items} } }]`)).problems,
    ).toEqual([])
    expect(performance.now() - started).toBeLessThan(5000)
  })
})
