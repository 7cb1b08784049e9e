import { readFileSync } from 'node:fs'
import { lint, prepareConfig } from '@daemonlint/core'
import { buildProject, createConfigLookup } from '@daemonlint/node'
import builtin from '@daemonlint/rules'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { completeAnswers, questionsOf } from '../src/answers.ts'
import { valueFromText } from '../src/cli/arguments.ts'
import { shownValue } from '../src/cli/summary.ts'
import { mistakeInImage } from '../src/images.ts'
import { outputs, presets, scaffold } from '../src/index.ts'
import { categories } from '../src/types.ts'
import { allVariants } from './all-variants.ts'
import { put, temporaryFolder } from './temporary.ts'

const names = [
  'alloy',
  'cadvisor',
  'calico',
  'ceph-osd',
  'cni',
  'csi-node',
  'custom',
  'datadog',
  'dcgm-exporter',
  'falco',
  'filebeat',
  'flannel',
  'fluent-bit',
  'fluentd',
  'glusterfs',
  'kube-bench',
  'kured',
  'multus',
  'node-exporter',
  'node-local-dns',
  'node-problem-detector',
  'nvidia-device-plugin',
  'otel-collector',
  'suricata',
  'tetragon',
  'trivy',
  'vector',
  'wazuh',
  'weave-net',
]

it('has a preset for each daemon', () => {
  expect(presets.map(({ name }) => name).sort()).toEqual(names)
})

it('lists presets by category', () => {
  const found = presets.map(({ category }) => Object.keys(categories).indexOf(category))
  expect(found).toEqual([...found].sort((a, b) => a - b))
})

it('gives an answer the same kind of flag in every preset', () => {
  const kinds = new Map<string, string>()
  for (const preset of presets) {
    for (const [key, { kind }] of Object.entries(questionsOf(preset))) {
      const shape = kind === 'confirm' || kind === 'list' ? kind : 'value'
      expect(kinds.get(key) ?? shape, `${preset.name}: ${key}`).toBe(shape)
      kinds.set(key, shape)
    }
  }
})

it('takes what a prompt shows for the default, where that is nothing too', () => {
  for (const preset of presets) {
    const answers = { ...preset.example, ...completeAnswers(preset, preset.example ?? {}) }
    for (const [key, question] of Object.entries(questionsOf(preset))) {
      if (question.kind !== 'text' && question.kind !== 'list') continue
      const usual = answers[key]
      expect(
        valueFromText(question, shownValue(usual, question) || 'none'),
        `${preset.name}: ${key}`,
      ).toEqual(usual)
    }
  }
})

describe.each(presets.map((preset) => [preset.name, preset] as const))('%s', (_, preset) => {
  it('pins its images to tags that do not move', () => {
    for (const { repository, tag } of Object.values(preset.images))
      if (repository !== '') expect(mistakeInImage(`${repository}:${tag}`, preset)).toBeUndefined()
  })

  it('says why its rollout is as it is, in sentences', () => {
    for (const text of Object.values(preset.why)) expect(text).toMatch(/^[A-Z0-9`].*[.]$/s)
    for (const text of preset.notes ?? []) expect(text).toMatch(/\S{2} /)
  })
})

const strict = createConfigLookup({
  cwd: '/',
  lookup: false,
  builtin,
  overrides: [
    { extends: 'daemonlint/strict' },
    { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ],
})

describe.each(allVariants.map((one) => [`${one.preset.name}/${one.variant}`, one] as const))(
  '%s',
  (_, { answers, preset }) => {
    it.each(outputs)('is clean under daemonlint/strict (%s)', async (output) => {
      const folder = temporaryFolder()
      const paths = put(folder, scaffold({ ...answers, output }).files).filter((path) =>
        path.endsWith('.yaml'),
      )
      const project = buildProject(paths, { cwd: folder })
      for (const filePath of paths) {
        const config = await strict.forFile(filePath)
        await prepareConfig(config)
        const { problems } = lint(readFileSync(filePath), { config, filePath, project })
        expect(
          problems.map(
            ({ ruleId, position, message }) => `${filePath}:${position.start.line} ${ruleId} ${message}`,
          ),
        ).toEqual([])
      }
    })

    it('keeps findings of three rules at most, none of resources, tags or updates', () => {
      const [{ contents }] = scaffold({ ...answers, output: 'single' }).files as unknown as [
        { contents: string },
      ]
      const kept = [...contents.matchAll(/daemonlint-disable-next-line (\S+) -- (.+)/g)].map(
        ([, rule, reason]) => ({ rule: rule!, reason: reason! }),
      )
      expect(new Set(kept.map(({ rule }) => rule)).size).toBeLessThanOrEqual(3)
      for (const { rule, reason } of kept) {
        expect(rule).not.toMatch(
          /request|limit|^resource|image-tag|image-reference|update-strategy|on-delete|rolling|unavailable/,
        )
        expect(reason.length).toBeGreaterThan(10)
      }
      expect(contents).not.toMatch(/daemonlint-disable(?!-next-line)/)
    })

    it('holds objects that belong together, and no value of a secret', () => {
      const { files, answers: complete } = scaffold({ ...answers, output: 'single' })
      const objects = parseAllDocuments(files[0]!.contents, { version: '1.1' }).map((document) =>
        document.toJS(),
      )
      for (const object of objects) {
        expect(object).toMatchObject({
          apiVersion: expect.any(String),
          kind: expect.any(String),
          metadata: { name: expect.any(String) },
        })
        if (object.kind === 'Secret')
          expect(new Set(Object.values(object.stringData))).toEqual(new Set(['REPLACE_ME']))
      }
      const keys = objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`)
      expect(keys).toEqual([...new Set(keys)])
      const daemonSet = objects.find(
        ({ kind, metadata }) => kind === 'DaemonSet' && metadata.name === complete.name,
      )
      expect(daemonSet.metadata.namespace).toBe(complete.namespace)
      const pod = daemonSet.spec.template.spec
      expect(
        objects.some(
          ({ kind, metadata }) => kind === 'ServiceAccount' && metadata.name === pod.serviceAccountName,
        ),
      ).toBe(true)
      for (const container of [...pod.containers, ...(pod.initContainers ?? [])]) {
        expect(container.resources, container.name).toMatchObject({
          requests: { cpu: expect.anything(), memory: expect.anything() },
          limits: { memory: expect.anything() },
        })
      }
      if (preset.caution) expect(files[0]!.contents).toMatch(/^# Warning: /)
    })

    it('lets in what it is asked for, where a NetworkPolicy is in force', () => {
      if (!answers.networkPolicy) return
      const objects = parseAllDocuments(scaffold({ ...answers, output: 'single' }).files[0]!.contents).map(
        (document) => document.toJS(),
      )
      const { spec } = objects.find(({ kind }) => kind === 'NetworkPolicy')
      const allowed = (spec.ingress as { ports: { port: number }[] }[]).flatMap(({ ports }) =>
        ports.map(({ port }) => port),
      )
      // Probes the kubelet may always ask, and for metrics nobody asks where none are scraped.
      const isSpared = (port: { name: string }, container: object) =>
        port.name === 'metrics' || JSON.stringify(container).includes(`"port":"${port.name}"`)
      for (const { kind, spec: service } of objects) {
        if (kind !== 'Service') continue
        for (const { port } of service.ports) expect(allowed).toContain(port)
      }
      const daemonSet = objects.find(({ kind }) => kind === 'DaemonSet')
      for (const container of daemonSet.spec.template.spec.containers) {
        for (const port of container.ports ?? []) {
          if (!isSpared(port, container))
            expect(allowed, `${container.name}: ${port.name}`).toContain(port.containerPort)
        }
      }
    })

    it('is made anew from its answers', () => {
      const first = scaffold({ ...answers, output: 'single' })
      const { files } = scaffold(first.answers as { preset: string })
      expect(files).toEqual(first.files)
    })
  },
)
