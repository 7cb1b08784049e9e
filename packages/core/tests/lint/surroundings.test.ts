import { describe, expect, it } from 'vitest'
import { defineRule } from '../../src/define.ts'
import { lint } from '../../src/lint/lint.ts'
import type { Project } from '../../src/lint/project.ts'
import { resolveConfig } from '../../src/lint/resolve-config.ts'
import type { FoundResource, ResourceQuery } from '../../src/lint/resources.ts'
import type { RuleContext } from '../../src/lint/rule.ts'

const daemonSet = (name: string, image = 'agent:1') => `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: agent, image: "${image}" }] }
`
const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`

/** Runs something with a rule's context, once for each DaemonSet. */
function within(
  text: string,
  look: (context: RuleContext, manifest: FoundResource['manifest']) => void,
  project?: Partial<Project>,
  settings = {},
) {
  const rule = defineRule({
    meta: {
      type: 'problem',
      docs: { description: 'Look around', category: 'cross-resource', presets: {} },
      messages: {},
    },
    create: (context) => ({ daemonSet: (node) => look(context as RuleContext, node) }),
  })
  const config = resolveConfig([{ settings, rules: { look: 'warn' } }], {
    builtin: { rules: { look: rule } },
  })
  return lint(text, {
    config,
    filePath: '/a/b.yaml',
    ...(project && { project: { contextOf: () => ({}), ...project } }),
  })
}

const found = (text: string, query: ResourceQuery, project?: Partial<Project>): string[] => {
  const names: string[] = []
  within(
    text,
    (context) => {
      for (const { manifest, filePath } of context.resources(query)) {
        names.push(`${manifest.kind} ${manifest.name}${filePath === undefined ? '' : ` of ${filePath}`}`)
      }
    },
    project,
  )
  return names
}

describe('resources', () => {
  it('are found one by one in a large file in linear time', () => {
    const count = 1500
    const all = Array.from({ length: count }, (_, at) => `${daemonSet(`a${at}`)}---\n${configMap(`c${at}-`)}`)
    let sum = 0
    const started = process.cpuUsage()
    within(all.join('---\n'), (context, { name }) => {
      sum += context.resources({ kinds: ['ConfigMap'], text: `${name.replace('a', 'c')}-` }).length
    })
    expect(sum).toBe(count)
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(10_000)
  }, 60_000)

  const text = [daemonSet('agent'), configMap('one'), configMap('two')].join('---\n')

  it('are those of the file that nothing else has asked for', () => {
    expect(found(text, { kinds: ['ConfigMap'] })).toEqual(['ConfigMap one', 'ConfigMap two'])
    expect(found(text, { kinds: ['ConfigMap'], text: 'two' })).toEqual(['ConfigMap two'])
    expect(found(text, { kinds: ['ConfigMap'], text: /t[w]o/ })).toEqual(['ConfigMap two'])
    expect(found(text, { kinds: ['Secret'] })).toEqual([])
  })

  it('are the very nodes of the tree where they stand in it', () => {
    within(text, (context, manifest) => {
      expect(context.resources({ kinds: ['DaemonSet'] }).map((one) => one.manifest)).toEqual([manifest])
      expect(context.resources({ kinds: ['DaemonSet'] })[0]?.manifest).toBe(manifest)
      expect(context.resources({ kinds: ['DaemonSet'], text: 'ConfigMap' })).toEqual([])
    })
  })

  it('have places in the file', () => {
    within(text, (context) => {
      const [, second] = context.resources({ kinds: ['ConfigMap'] })
      expect(second?.manifest.at('metadata', 'name')?.start).toMatchObject({ line: 16, column: 19 })
    })
  })

  it('are no patches, no items of broken documents, and no workloads of a wrong shape', () => {
    const patch =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: p }\nspec: { template: { spec: {} } }\n'
    const shapeless = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: s }\nspec: { template: 1 }\n'
    const broken = 'kind: Deployment\nmetadata: { name: b }\n  x: 1\n'
    const all = [daemonSet('agent'), patch, shapeless, broken].join('---\n')
    expect(found(all, { kinds: ['Deployment'] })).toEqual([])
  })

  it('of other files come from the project, which hears what clusters there are', () => {
    const asked: unknown[] = []
    const resources: Project['resources'] = (...question) => {
      asked.push(question)
      return []
    }
    const query = { kinds: ['ConfigMap'], scope: 'folder' } as const
    within(
      text,
      (context) => {
        expect(context.resources(query)).toHaveLength(2)
        expect(context.resources({ ...query })).toHaveLength(2)
      },
      { resources },
      { clusters: { prod: ['prod/**'] } },
    )
    expect(asked).toEqual([['/a/b.yaml', query, { basePath: undefined, globs: { prod: ['prod/**'] } }]])
  })
})

const hides = (text: string, kinds: readonly string[] = ['ConfigMap']) => {
  const answers: boolean[] = []
  within(`${daemonSet('agent')}---\n${text}`, (context) => answers.push(context.mayHide({ kinds })))
  expect(answers).toHaveLength(1)
  return answers[0]
}

describe('what may be hidden', () => {
  it.each([
    ['a kind that is a placeholder', 'apiVersion: v1\nkind: ${KIND}\nmetadata: { name: a }\n'],
    ['a quoted placeholder', 'apiVersion: v1\nkind: "$(KIND)"\nmetadata: { name: a }\n'],
    ['a template', '{{- if .Values.a }}\napiVersion: v1\nkind: ConfigMap\n{{- end }}\n'],
    ['what a template includes', '{{ include "agent.config" . }}\n'],
    ['a broken document', 'kind: ConfigMap\nmetadata: { name: b }\n  x: 1\n'],
    ['a list of a template', 'kind: List\nitems:\n{{- range .Values.maps }}\n  - a\n{{- end }}\n'],
  ])('is so by %s', (_, text) => {
    expect(hides(text)).toBe(true)
  })

  it.each([
    ['nothing', ''],
    ['what can be seen', configMap('"${NAME}"')],
    ['what is skipped', 'apiVersion: v1\nkind: Secret\nmetadata: { name: ConfigMap }\n'],
    ['a template of another kind', '{{- if .Values.a }}\nkind: Secret # no ConfigMap\n{{- end }}\n'],
    ['a broken document of another kind', 'kind: Secret\nmetadata: { name: ConfigMap }\n  x: 1\n'],
    ['what is no resource', 'replicas: {{ .Values.replicas }}\nmap: ConfigMap\n'],
    [
      'a placeholder for another kind',
      'kind: RoleBinding\nroleRef: { kind: "${KIND}" }\nsubjects: [{ kind: ConfigMap }]\n',
    ],
  ])('is not so by %s', (_, text) => {
    expect(hides(text)).toBe(false)
  })

  it('may stand in other files', () => {
    const asked: unknown[] = []
    const mayHide: Project['mayHide'] = (...question) => {
      asked.push(question)
      return true
    }
    const query = { kinds: ['ConfigMap'], scope: 'run' } as const
    within(
      daemonSet('agent'),
      (context) => {
        expect(context.mayHide(query)).toBe(true)
        expect(context.mayHide({ ...query })).toBe(true)
      },
      { mayHide },
    )
    expect(asked).toEqual([['/a/b.yaml', query, { basePath: undefined, globs: {} }]])
  })
})

describe('previous', () => {
  const before = [daemonSet('other', 'agent:0'), daemonSet('agent', 'agent:0')].join('---\n')

  it('is the same resource as it was', () => {
    within(
      daemonSet('agent'),
      (context, manifest) => {
        const previous = context.previous(manifest)
        expect(previous?.value).toMatchObject({ metadata: { name: 'agent' } })
        expect(JSON.stringify(previous?.value)).toContain('agent:0')
      },
      { previousText: () => before },
    )
  })

  it.each([
    ['nothing to compare to', {}],
    ['no such file', { previousText: () => undefined }],
    ['another name', { previousText: () => daemonSet('other') }],
    ['a broken file', { previousText: () => 'kind: DaemonSet\n  a: 1\n' }],
  ] as [string, Partial<Project>][])('is nothing where there was %s', (_, project) => {
    let asked = 0
    within(
      daemonSet('agent'),
      (context, manifest) => {
        asked++
        expect(context.previous(manifest)).toBeUndefined()
      },
      project,
    )
    expect(asked).toBe(1)
  })
})
