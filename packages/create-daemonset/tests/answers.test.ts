import { describe, expect, it } from 'vitest'
import {
  answersThatCount,
  completeAnswers,
  flagFor,
  flagOf,
  mistakesIn,
  questionsOf,
} from '../src/answers.ts'
import { parseArguments, valueFromText } from '../src/cli/arguments.ts'
import { shownValue } from '../src/cli/summary.ts'
import { type ListQuestion, type Preset, presets, ScaffoldError, scaffold } from '../src/index.ts'

const preset = (name: string): Preset => presets.find((one) => one.name === name)!
const fluentBit = preset('fluent-bit')

describe('completeAnswers', () => {
  it('fills in what nobody answered, which may depend on what somebody did', () => {
    expect(completeAnswers(fluentBit, {})).toMatchObject({
      name: 'fluent-bit',
      sink: 'elasticsearch',
      sinkUrl: 'https://elasticsearch.logging.svc:9200',
      sinkSecret: 'fluent-bit-sink',
    })
    expect(completeAnswers(fluentBit, { name: 'logs', sink: 'opensearch' })).toMatchObject({
      sinkUrl: 'https://opensearch.logging.svc:9200',
      sinkSecret: 'logs-sink',
    })
  })

  it('takes a question as chosen when one that goes with it is answered', () => {
    expect(completeAnswers(fluentBit, { memoryLimit: '1Gi' })).toMatchObject({
      resources: 'custom',
      cpuRequest: '50m',
      memoryLimit: '1Gi',
    })
    expect(completeAnswers(fluentBit, { nodeSelector: ['pool=a'] })).toMatchObject({ nodes: 'chosen' })
  })

  it('asks for every question of every preset, and no other', () => {
    for (const one of presets)
      expect(Object.keys(completeAnswers(one, one.example ?? {}))).toEqual(Object.keys(questionsOf(one)))
  })

  const wrong: [string, Record<string, unknown>, RegExp][] = [
    ['a name that is too long', { name: 'a'.repeat(64) }, /--name: .* has 64 characters/],
    ['a name with capitals', { name: 'Agent' }, /--name: 'Agent' is no name: only lower-case letters/],
    ['an empty namespace', { namespace: '' }, /--namespace: '' is empty/],
    ['an image without a tag', { image: 'fluent/fluent-bit' }, /--image: .* has no tag/],
    ['an image that moves', { image: 'fluent/fluent-bit:latest' }, /--image: The tag 'latest' moves/],
    ['half of a version', { image: 'fluent/fluent-bit:5.1' }, /--image: The tag '5.1' moves/],
    ['what is no image', { image: 'Fluent Bit' }, /--image: 'Fluent Bit' is no image reference/],
    ['nothing as an image', { image: '' }, /--image: /],
    ['a registry with a scheme', { registry: 'https://mirror.example.com' }, /--registry: .* is no registry/],
    [
      'a label without a value',
      { nodeSelector: ['pool'] },
      /--node-selector: 'pool' is no label\. Expected KEY=VALUE/,
    ],
    [
      'a condition that is none',
      { nodeAffinity: ['zone between a and b'] },
      /--node-affinity: .* is no condition/,
    ],
    ['an effect that is none', { tolerations: ['gpu:Never'] }, /--tolerations: 'Never' is no effect/],
    ['more than all nodes', { maxUnavailable: '110%' }, /--max-unavailable: '110%' is more than 100%/],
    ['no node at all', { maxUnavailable: '0' }, /--max-unavailable: 0 nodes at once is no update/],
    [
      'words for a count',
      { maxUnavailable: 'some' },
      /--max-unavailable: 'some' is neither a count nor a percentage/,
    ],
    ['memory without a unit', { memoryLimit: '512' }, /--memory-limit: '512' is too little memory/],
    ['CPU with the unit of memory', { cpuRequest: '100Mi' }, /--cpu-request: '100Mi' is no amount of CPU/],
    [
      'a limit below the request',
      { memoryRequest: '1Gi', memoryLimit: '512Mi' },
      /--memory-limit: .* is less than what is requested, 1Gi/,
    ],
    [
      'too many seconds',
      { minReadySeconds: 100000 },
      /--min-ready-seconds: Expected a whole number from 0 to 3600/,
    ],
    ['another type', { minReadySeconds: 'ten' }, /--min-ready-seconds: Expected a whole number/],
    ['a text for yes or no', { controlPlane: 'yes' }, /--control-plane: Expected true or false, not "yes"/],
    ['a text for a list', { tolerations: 'all' }, /--tolerations: Expected a list of texts/],
    ['a line end', { sinkUrl: 'https://a.example.com\nb' }, /--sink-url: Expected a line of text/],
    [
      'a choice that is none',
      { sink: 'splunk' },
      /--sink: "splunk" is not one of elasticsearch, opensearch, loki, stdout/,
    ],
    ['an address that is none', { sinkUrl: 'elasticsearch:9200' }, /--sink-url: .* is no URL/],
    [
      'an address with a port that is none',
      { sinkUrl: 'https://logs.example.com:70000' },
      /--sink-url: .* is no URL/,
    ],
    [
      'an address with a password',
      { sinkUrl: 'https://me:secret@logs.example.com' },
      /--sink-url: .* belong in a Secret/,
    ],
    ['a name of an index with capitals', { index: 'Logs' }, /--index: 'Logs' is no name of an index/],
    [
      'what goes with another answer',
      { sink: 'stdout', index: 'logs' },
      /--index has no effect here: it goes with --sink elasticsearch or opensearch, not stdout/,
    ],
    [
      'what goes with another update',
      { updateType: 'OnDelete', maxUnavailable: '3' },
      /--max-unavailable has no effect here: it goes with --update-type RollingUpdate/,
    ],
    [
      'labels of nodes where all are meant',
      { nodes: 'all', nodeSelector: ['pool=a'] },
      /--node-selector has no effect here: it goes with --nodes chosen, not all/,
    ],
    [
      'a question that is not asked',
      { sinkUlr: 'https://x' },
      /does not ask for sinkUlr .*Did you mean sinkUrl \(--sink-url\)\?/,
    ],
    ['nodes of another system', { os: 'windows' }, /--os: Fluent Bit is made for linux nodes here/],
  ]
  it.each(wrong)('refuses %s', (_, given, message) => {
    expect(() => completeAnswers(fluentBit, given)).toThrow(message)
  })

  it('names all mistakes at once, a line each', () => {
    let message = ''
    try {
      completeAnswers(fluentBit, { name: 'A', namespace: 'B', sink: 'stdout' })
    } catch (error) {
      message = (error as Error).message
    }
    expect(message.split('\n')).toHaveLength(2)
  })

  it('says on which text or list an answer depends', () => {
    const custom = preset('custom')
    const image = 'registry.example.com/agent:1.4.2'
    expect(() => completeAnswers(custom, { image, service: true })).toThrow(
      '--service has no effect here: it goes with --ports PORT, not none.',
    )
    expect(() => completeAnswers(custom, { image, stateAt: '/state' })).toThrow(
      '--state-at has no effect here: it goes with --state-dir PATH, not none.',
    )
    expect(() => completeAnswers(custom, { image, metricsPort: 9100 })).toThrow(
      /--metrics-port has no effect here: it goes with --monitor annotations or .*, not none\./,
    )
  })

  it('takes numbers for texts, as YAML has them', () => {
    expect(completeAnswers(fluentBit, { maxUnavailable: 1 }).maxUnavailable).toBe('1')
    const given = { image: 'registry.example.com/agent:1.4.2', networkPolicy: true, egress: [4317] }
    expect(completeAnswers(preset('custom'), given).egress).toEqual(['4317'])
  })

  it('says what is of the wrong kind, where others depend on it too', () => {
    expect(() => completeAnswers(preset('kube-bench'), { targets: 5 })).toThrow(
      /^--targets: Expected a list of texts, not 5\.$/,
    )
    expect(() => completeAnswers(fluentBit, { name: ['a'] })).toThrow(/^--name: .*$/)
  })

  it('does not echo a password of an address', () => {
    const given = { sinkUrl: 'https://me:hunter2@logs.example.com' }
    expect(() => completeAnswers(fluentBit, given)).toThrow(/^(?!.*hunter2)/)
  })
})

describe('mistakesIn', () => {
  const custom = preset('custom')
  const open =
    (...keys: string[]) =>
    (key: string) =>
      keys.includes(key)

  it('says what is wrong whatever the other answers will be', () => {
    expect(mistakesIn(custom, { name: 'A', healthPort: 0, nonsense: 1 }, open('image'))).toEqual([
      expect.stringMatching(/does not ask for nonsense/),
      expect.stringMatching(/^--name: /),
      expect.stringMatching(/^--health-port: /),
    ])
    expect(mistakesIn(custom, { health: 'none', livePath: '/live' }, open())).toEqual([
      '--live-path has no effect here: it goes with --health http, not none.',
    ])
  })

  it('leaves open what depends on answers that are asked for', () => {
    const given = { hostPaths: ['C:\\agent'], livePath: '/live' }
    expect(mistakesIn(custom, given, open('os', 'health'))).toEqual([])
    expect(mistakesIn(custom, given, open('health'))).toEqual([expect.stringMatching(/^--host-paths: /)])
  })
})

it('leaves out answers that do not come up with the others', () => {
  const given = { sink: 'stdout', index: 'logs', name: 'agent' }
  expect(answersThatCount(questionsOf(fluentBit), given)).toEqual({
    answers: { sink: 'stdout', name: 'agent' },
    leftOut: ['--index has no effect here: it goes with --sink elasticsearch or opensearch, not stdout.'],
  })
})

describe('lists', () => {
  const args = questionsOf(preset('custom')).args as ListQuestion
  const { tolerations, nodeAffinity } = questionsOf(fluentBit) as Record<string, ListQuestion>
  const parsed = (...argv: string[]) => parseArguments(argv, presets).given

  it('are split at commas, but for those in brackets', () => {
    expect(parsed('--tolerations', 'a:NoSchedule,b', '--tolerations=c')).toEqual({
      tolerations: ['a:NoSchedule', 'b', 'c'],
    })
    expect(parsed('--node-affinity', 'zone in (a,b),!spot').nodeAffinity).toEqual(['zone in (a,b)', '!spot'])
  })

  it('are not split where their items may hold commas', () => {
    expect(parsed('--args=--labels=a,b', '--args', 'x y')).toEqual({ args: ['--labels=a,b', 'x y'] })
    expect(parsed('--args', 'none')).toEqual({ args: [] })
  })

  it('are typed at a prompt with spaces between and quotes around them, where commas do not part them', () => {
    expect(valueFromText(args, `--labels=a,b  'x y' --text="don't" it's`)).toEqual([
      '--labels=a,b',
      'x y',
      "--text=don't",
      "it's",
    ])
    for (const words of [[], ['none'], ['a b', ''], [`'`, `"`, `'"`, 'a\tb'], ['--a=b,c']])
      expect(valueFromText(args, shownValue(words, args) || 'none')).toEqual(words)
    expect(valueFromText(tolerations!, 'a, b')).toEqual(['a', 'b'])
  })

  it('are told as flags that make them again', () => {
    expect(flagFor('args', args, ['--a=b,c', "it's"])).toBe("--args=--a=b,c --args 'it'\\''s'")
    expect(flagFor('args', args, [])).toBe('--args none')
    expect(flagFor('nodeAffinity', nodeAffinity!, ['zone in (a,b)', '!spot'])).toBe(
      "--node-affinity 'zone in (a,b),!spot'",
    )
  })
})

describe('scaffold', () => {
  it('says that a preset is missing', () => {
    expect(() => scaffold({} as never)).toThrow(ScaffoldError)
    expect(() => scaffold({ preset: 5 } as never)).toThrow(ScaffoldError)
  })

  it.each([
    ['filebeat', 'loki', /filebeat cannot write to Loki: .*fluent-bit, vector/],
    ['filebeat', 'opensearch', /filebeat cannot write to OpenSearch/],
    ['alloy', 'elasticsearch', /alloy cannot write to Elasticsearch: .*otel-collector/],
    ['fluentd', 'loki', /fluentd cannot write to Loki/],
  ])('refuses %s with %s, and names alternatives', (name, sink, message) => {
    expect(() => scaffold({ preset: name, sink })).toThrow(message)
  })

  it('refuses what is archived, unless that is accepted', () => {
    expect(() => scaffold({ preset: 'weave-net' })).toThrow(
      /Weave Net: .*Take .* instead, or add --accept-archived/,
    )
    expect(scaffold({ preset: 'weave-net', acceptArchived: true }).files[0]!.contents).toMatch(/^# Warning: /)
  })

  it('refuses images that are known to be malicious', () => {
    for (const tag of ['0.69.4', '0.69.5', '0.69.6'])
      expect(() => scaffold({ preset: 'trivy', image: `ghcr.io/aquasecurity/trivy:${tag}` })).toThrow(
        /must not be used/,
      )
  })

  it('refuses to send credentials unencrypted', () => {
    expect(() => scaffold({ preset: 'fluent-bit', sinkUrl: 'http://elasticsearch:9200' })).toThrow(
      /would send credentials unencrypted/,
    )
  })

  it('refuses two volumes of one name, and two mounts at one path', () => {
    expect(() => scaffold({ preset: 'kube-bench', hostFolders: ['/etc/a', '/etc/A'] })).toThrow(
      /two volumes called host-etc-a/,
    )
    const image = 'registry.example.com/agent:1.2.3'
    expect(() => scaffold({ preset: 'custom', image, writableDirs: ['/x', '/x'] })).toThrow(/mounted at \/x/)
  })

  it('takes time zones as Go knows them', () => {
    expect(() => scaffold({ preset: 'kured', timezone: 'europe/berlin' })).toThrow(/is no time zone/)
    for (const timezone of ['UTC', 'Europe/Berlin', 'America/Port-au-Prince', 'Etc/GMT+1'])
      expect(() => scaffold({ preset: 'kured', timezone })).not.toThrow()
  })

  it('knows presets by their names', () => {
    expect(() => scaffold({ preset: 'fluent-bot' })).toThrow(
      "There is no preset 'fluent-bot'. Did you mean 'fluent-bit'?",
    )
    expect(() => scaffold({ preset: 'fluent-bit', output: 'jsonnet' as never })).toThrow(
      /There is no output .jsonnet/,
    )
  })

  it('takes images from a mirror', () => {
    const [{ contents }] = scaffold({ preset: 'csi-node', registry: 'mirror.example.com/hub' }).files as [
      { contents: string },
    ] &
      unknown[]
    for (const [, image] of contents.matchAll(/^\s+image: (.*)$/gm))
      expect(image).toMatch(/^mirror\.example\.com\/hub\//)
  })

  it('keeps a digest', () => {
    const image = `cr.fluentbit.io/fluent/fluent-bit:5.1.1@sha256:${'a'.repeat(64)}`
    expect(scaffold({ preset: 'fluent-bit', image }).files[0]!.contents).toContain(`image: ${image}`)
  })
})

it('names flags after keys', () => {
  expect(flagOf('sinkUrl')).toBe('--sink-url')
})
