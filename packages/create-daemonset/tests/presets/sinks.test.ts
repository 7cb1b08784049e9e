import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { scaffold } from '../../src/index.ts'

const policyOf = (answers: { preset: string; [key: string]: unknown }) =>
  parseAllDocuments(scaffold({ ...answers, networkPolicy: true }).files[0]!.contents)
    .map((document) => document.toJS())
    .find((one) => one.kind === 'NetworkPolicy')

const portsOf = (preset: string, sinkUrl?: string) =>
  policyOf({ preset, sink: 'loki', ...(sinkUrl && { sinkUrl }) })
    .spec.egress.at(-1)
    .ports.map(({ port }: { port: number }) => port)

describe('sinks', () => {
  it.each(['alloy', 'fluent-bit', 'otel-collector', 'vector'])(
    'lets %s reach the pods behind the gateway of Loki',
    (preset) => {
      expect(portsOf(preset)).toEqual([80, 8080])
    },
  )

  it.each([
    ['https://loki-gateway.logging.svc.cluster.local', [443, 8443]],
    ['http://loki-gateway', [80, 8080]],
    ['http://loki.logging.svc:3100', [3100]],
    ['https://loki.example.com', [443]],
    ['http://[fd00::9]', [80]],
  ])('knows the port of pods behind %s', (url, ports) => {
    expect(portsOf('fluent-bit', url)).toEqual(ports)
  })

  it.each(['alloy', 'filebeat', 'fluent-bit', 'fluentd', 'otel-collector', 'vector'])(
    'says that the address of the sink of %s is a guess, while it is one',
    (preset) => {
      const sink = preset === 'alloy' ? 'loki' : 'elasticsearch'
      const guess = /which is a guess: --sink-url names another/
      const nextOf = (answers: object) => scaffold({ preset, sink, ...answers }).next.join('\n')
      expect(nextOf({})).toMatch(guess)
      expect(nextOf({ sinkUrl: 'https://logs.example.com' })).not.toMatch(guess)
      expect(nextOf({ sink: 'stdout' })).not.toMatch(guess)
    },
  )
})
