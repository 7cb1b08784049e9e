import type { EnvVar } from 'kubernetes-types/core/v1.js'
import { ScaffoldError } from './errors.ts'
import { mistakeInName, mistakeInUrl, sentence } from './formats.ts'
import { secretEnv } from './kit/env.ts'
import { secretMount } from './kit/mounts.ts'
import { type Answers, confirm, type Questions, select, text } from './questions.ts'
import type { Keep, Mount, Port, SecretPlaceholder } from './types.ts'

export const sinks = ['elasticsearch', 'opensearch', 'loki', 'stdout'] as const

/** Where logs go. */
export type Sink = (typeof sinks)[number]

const titles: Record<Sink, string> = {
  elasticsearch: 'Elasticsearch',
  opensearch: 'OpenSearch',
  loki: 'Loki',
  stdout: 'Standard output',
}

/** Which agents of this package can write to which sink, for the alternatives that a refusal names. */
const writers: Record<Sink, string[]> = {
  elasticsearch: ['fluentd', 'fluent-bit', 'filebeat', 'vector', 'otel-collector'],
  opensearch: ['fluentd', 'fluent-bit', 'vector', 'otel-collector'],
  loki: ['fluent-bit', 'vector', 'alloy', 'otel-collector'],
  stdout: ['fluentd', 'fluent-bit', 'filebeat', 'vector', 'alloy', 'otel-collector'],
}

/** For the pages of presets with a sink. */
export const sinkPolicyNote =
  "The policy of --network-policy names ports of pods: if the pods behind the sink's Service listen at another port, add it."

/** Whether it is Elasticsearch, or what came of it. */
export function isStore({ sink }: { sink?: unknown }): boolean {
  return sink === 'elasticsearch' || sink === 'opensearch'
}

const isRemote = ({ sink }: Answers) => sink !== 'stdout'

/** Where a sink may be: a guess. */
function usualUrl(sink: unknown): string {
  return sink === 'loki'
    ? 'http://loki-gateway.logging.svc:80'
    : `https://${sink === 'opensearch' ? 'opensearch' : 'elasticsearch'}.logging.svc:9200`
}

/**
 * The questions about where logs go.
 * @param agent the preset's name
 * @param cannot why it cannot write to a sink, for those it cannot: the end of a sentence after its title
 */
export function sinkQuestions(agent: string, cannot: Partial<Record<Sink, string>> = {}) {
  const possible = sinks.filter((sink) => cannot[sink] === undefined)
  return {
    sink: select({
      message: 'Where do the logs go?',
      help: 'Where the logs go',
      default: possible[0]!,
      // All are listed, so that one that cannot work is refused with the reason and not as a misspelling.
      choices: sinks.map((value) => ({
        value,
        label: titles[value],
        ...(cannot[value] && { hint: 'not with this agent' }),
      })),
      check: (value) => (cannot[value] ? refusal(agent, value, cannot[value], possible) : undefined),
    }),
    sinkUrl: text({
      message: 'At which URL?',
      help: 'URL of the sink',
      value: 'URL',
      when: isRemote,
      default: ({ sink }) => usualUrl(sink),
      // A password in it is not to be shown.
      check: (value) => sentence(value.replace(/\/\/.*@/, '//…@'), mistakeInUrl(value)),
    }),
    sinkCa: confirm({
      message: 'Is its certificate from a CA of your own? (then its ca.crt comes from a Secret)',
      help: 'Trust a CA of your own, whose ca.crt is in the Secret NAME-sink-ca',
      when: (answers) => isRemote(answers) && String(answers.sinkUrl ?? '').startsWith('https:'),
      default: (answers) => isStore(answers) && String(answers.sinkUrl ?? '').startsWith('https:'),
    }),
    sinkAuth: select({
      message: 'How does the agent identify itself?',
      help: 'How the agent identifies itself: a user and a password, an API key (Elasticsearch), or not at all',
      when: isRemote,
      default: ({ sink }) => (sink === 'loki' ? 'none' : 'basic'),
      choices: [
        { value: 'basic', label: 'User and password' },
        { value: 'api-key', label: 'API key', hint: 'Elasticsearch' },
        { value: 'none', label: 'Not at all' },
      ],
      check: (value, { sink }) =>
        value === 'api-key' && sink !== 'elasticsearch'
          ? `${titles[sink as Sink]} takes no API key of this kind; expected basic or none`
          : undefined,
    }),
    sinkSecret: text({
      message: 'In which Secret are its credentials?',
      help: 'Secret with the credentials: the keys username and password, or api-key',
      value: 'NAME',
      when: (answers) => isRemote(answers) && answers.sinkAuth !== 'none',
      default: ({ name }) => `${name}-sink`,
      check: (value, { name }) =>
        value === `${name}-sink-ca`
          ? `The Secret ${value} is that of the CA; credentials need another one`
          : sentence(value, mistakeInName(value)),
    }),
    indexMode: select({
      message: 'Into an index a day, or a data stream?',
      help: 'An index for each day, or a data stream',
      when: isStore,
      default: 'index',
      choices: [
        { value: 'index', label: 'An index a day', hint: 'kubernetes-2026.11.21' },
        { value: 'data-stream', label: 'A data stream', hint: 'logs-TYPE-NAMESPACE' },
      ],
    }),
    index: text({
      message: 'What is the index (before the date), or the data stream, called?',
      help: 'Name of the index before the date, or of the data stream (logs-DATASET-NAMESPACE)',
      value: 'NAME',
      when: isStore,
      default: ({ indexMode }) => (indexMode === 'data-stream' ? 'logs-kubernetes-default' : 'kubernetes'),
      check: (value, { indexMode }) => mistakeInIndex(value, indexMode === 'data-stream'),
    }),
    tenant: text({
      message: 'For which tenant? (X-Scope-OrgID; none: without)',
      optional: true,
      help: 'Tenant of Loki, its X-Scope-OrgID',
      value: 'NAME',
      when: ({ sink }) => sink === 'loki',
      default: '',
      check: (value) =>
        /^[\w!.*'()-]{0,150}$/.test(value)
          ? undefined
          : `'${value}' is no tenant: letters, digits and !-_.*'() only`,
    }),
  } satisfies Questions
}

function refusal(agent: string, sink: Sink, why: string, possible: readonly Sink[]): string {
  const others = writers[sink].filter((name) => name !== agent)
  return `${agent} cannot write to ${titles[sink]}: ${why}. Take ${others.join(', ')} for ${titles[sink]}, or one of ${possible.join(', ')} for ${agent}`
}

/** Names of indices: https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-indices-create */
function mistakeInIndex(value: string, isStream: boolean): string | undefined {
  if (!/^[a-z0-9][a-z0-9._-]{0,199}$/.test(value))
    return `'${value}' is no name of an index: lower case letters, digits and ._- only, beginning with a letter or digit`
  const parts = value.split('-')
  if (
    isStream &&
    (parts.length < 3 ||
      !['logs', 'metrics', 'traces', 'synthetics'].includes(parts[0]!) ||
      parts.includes(''))
  )
    return `'${value}' is no name of a data stream. Expected TYPE-DATASET-NAMESPACE, such as logs-kubernetes-default`
  return undefined
}

/** Answers to {@link sinkQuestions}, and the name that they go with. */
export interface SinkAnswers {
  name: string
  sink: Sink
  sinkUrl: string
  sinkCa: boolean
  sinkAuth: 'basic' | 'api-key' | 'none'
  sinkSecret: string
  indexMode: 'index' | 'data-stream'
  index: string
  tenant: string
}

/** What an agent needs to reach its sink. */
export interface SinkParts {
  host: string
  port: number
  /** `/` and what follows, or ''. */
  path: string
  tls: boolean
  /** Variables `SINK_USERNAME` and `SINK_PASSWORD`, or `SINK_API_KEY`, from the Secret. */
  env: EnvVar[]
  mounts: Mount[]
  secrets: SecretPlaceholder[]
  /** Path of the CA's certificate in the container; undefined where the system's are trusted. */
  caFile: string | undefined
  /** Of the pods behind a Service too: policies see a connection after its address was translated. */
  egress: Port[]
}

/**
 * Takes a sink's answers apart.
 * @param caFolder where the agent finds the CA's certificate
 * @param options how the agent wants an API key: as Elasticsearch shows it encoded, or its id and itself
 * @throws ScaffoldError where credentials would go unencrypted
 */
export function sinkParts(
  answers: SinkAnswers,
  caFolder: string,
  options: { apiKey?: 'encoded' | 'id:key' } = {},
): SinkParts {
  const { name, sink, sinkUrl, sinkAuth, sinkSecret } = answers
  if (sink === 'stdout')
    return {
      host: '',
      port: 0,
      path: '',
      tls: false,
      env: [],
      mounts: [],
      secrets: [],
      caFile: undefined,
      egress: [],
    }
  const url = new URL(sinkUrl)
  const tls = url.protocol === 'https:'
  if (!tls && sinkAuth !== 'none')
    throw new ScaffoldError(
      `--sink-auth ${sinkAuth} with ${sinkUrl} would send credentials unencrypted. Use an https URL, or --sink-auth none.`,
    )
  const port = url.port === '' ? (tls ? 443 : 80) : Number(url.port)
  const secrets: SecretPlaceholder[] = []
  const mounts: Mount[] = []
  const title = titles[sink]
  let env: EnvVar[] = []
  if (sinkAuth === 'basic') {
    env = [
      secretEnv('SINK_USERNAME', sinkSecret, 'username'),
      secretEnv('SINK_PASSWORD', sinkSecret, 'password'),
    ]
    secrets.push({
      name: sinkSecret,
      keys: {
        username: `A user of ${title} that may write these logs, and no more`,
        password: 'Its password',
      },
      why: `With which the agent identifies itself to ${title}.`,
    })
  } else if (sinkAuth === 'api-key') {
    env = [secretEnv('SINK_API_KEY', sinkSecret, 'api-key')]
    secrets.push({
      name: sinkSecret,
      keys: {
        'api-key': `An API key of ${title} that may write these logs, and no more: ${options.apiKey === 'id:key' ? 'its id, a colon and the key' : 'in its encoded form (Base64)'}`,
      },
      why: `With which the agent identifies itself to ${title}.`,
    })
  }
  let caFile: string | undefined
  if (answers.sinkCa && tls) {
    const secret = `${name}-sink-ca`
    caFile = `${caFolder}/ca.crt`
    mounts.push(secretMount(secret, caFolder, { volume: 'sink-ca' }))
    secrets.push({
      name: secret,
      keys: { 'ca.crt': 'The certificate of the CA, in PEM' },
      why: `By which the agent knows the right ${title} from a wrong one.`,
    })
  }
  // An IPv6 address without the brackets of its URL.
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  return {
    host,
    port,
    path: url.pathname === '/' ? '' : url.pathname.replace(/\/$/, ''),
    tls,
    env,
    mounts,
    secrets,
    caFile,
    egress: [{ port }, ...podPortsOf(sink, host, port)],
  }
}

/** Where pods behind a Service usually listen at another port than the Service: the gateway of Loki. */
function podPortsOf(sink: Sink, host: string, port: number): Port[] {
  const isInCluster = /\.svc(\.|$)/.test(host) || /^[^.:]+$/.test(host)
  const behind = { 80: 8080, 443: 8443 }[port]
  return sink === 'loki' && isInCluster && behind !== undefined ? [{ port: behind }] : []
}

/** What to look at, and what the sink needs, before the first line arrives: for `before`. */
export function sinkSteps(answers: SinkAnswers): string[] {
  const { sink, sinkUrl } = answers
  const isGuess = sink !== 'stdout' && sinkUrl === usualUrl(sink)
  return [
    ...(isGuess ? [`Its logs go to ${sinkUrl}, which is a guess: --sink-url names another.`] : []),
    ...templateSteps(answers),
  ]
}

function templateSteps({ sink, indexMode, index }: SinkAnswers): string[] {
  if (sink !== 'opensearch' || indexMode !== 'data-stream') return []
  const template = { index_patterns: [index], data_stream: {}, priority: 200 }
  return [
    `Tell OpenSearch first that ${index} is a data stream, or it makes an index of it: PUT _index_template/${index} ${JSON.stringify(template)}`,
  ]
}

/**
 * The findings that stay where an agent reads credentials from its environment alone.
 * @param container its name
 */
export function keepSecretEnv(container: string, { env }: SinkParts): Keep[] {
  // One finding for a Secret, at its first variable.
  return env.slice(0, 1).map(({ name }) => ({
    rule: 'secret-env',
    path: `containers[${container}].env[${name}].valueFrom.secretKeyRef.name`,
    reason: 'the agent reads its credentials from the environment',
  }))
}

/** The answers that change what comes out, for tests: each sink that an agent can write to, in each of its shapes. */
export function sinkVariants(
  cannot: Partial<Record<Sink, string>> = {},
): Record<string, Record<string, unknown>> {
  const all: Record<string, Record<string, unknown>> = {
    elasticsearch: { sink: 'elasticsearch' },
    'elasticsearch-data-stream': { sink: 'elasticsearch', indexMode: 'data-stream', sinkAuth: 'api-key' },
    'elasticsearch-public-ca': {
      sink: 'elasticsearch',
      sinkUrl: 'https://logs.example.com/es',
      sinkCa: false,
    },
    'elasticsearch-plain': {
      sink: 'elasticsearch',
      sinkUrl: 'http://elasticsearch.logging.svc:9200',
      sinkAuth: 'none',
    },
    opensearch: { sink: 'opensearch' },
    'opensearch-data-stream': { sink: 'opensearch', indexMode: 'data-stream' },
    loki: { sink: 'loki' },
    'loki-tenant': {
      sink: 'loki',
      sinkUrl: 'https://loki.example.com',
      sinkAuth: 'basic',
      sinkCa: true,
      tenant: 'nodes',
    },
    stdout: { sink: 'stdout' },
  }
  return Object.fromEntries(Object.entries(all).filter(([, { sink }]) => cannot[sink as Sink] === undefined))
}
