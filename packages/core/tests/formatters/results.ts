import type { FileResult, FormatOptions } from '../../src/formatters/format.ts'
import type { Problem } from '../../src/problem.ts'

export const source = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  template:
    spec:
      containers:
        - name: agent
          image: example-image:latest
          ports: []
`

export const position = (line: number, column: number, endLine: number, endColumn: number) => ({
  start: { line, column },
  end: { line: endLine, column: endColumn },
})

export const imageTag: Problem = {
  ruleId: 'image-tag',
  severity: 'warn',
  message: 'Container `agent` uses the tag `latest`, so that nodes may run different versions.',
  messageId: 'latest',
  position: position(10, 18, 10, 38),
  field: 'spec.template.spec.containers[0].image',
  suggestions: [
    { messageId: 'pin', message: 'Pin a version.', fix: { edits: [{ range: [165, 171], text: '1.0' }] } },
  ],
}

export const rejected: Problem = {
  ruleId: 'api-server/required',
  severity: 'error',
  message: 'A DaemonSet needs `spec.selector`.',
  messageId: 'missing',
  position: position(5, 1, 5, 5),
  field: 'spec.selector',
  rejected: true,
  related: { position: position(6, 3, 6, 11), message: 'its labels stand here' },
}

export const remark: Problem = {
  ruleId: 'my-plugin/empty',
  severity: 'info',
  message: 'An empty list.',
  position: position(11, 11, 11, 16),
  url: 'https://example.com/empty',
  fix: {
    edits: [
      { range: [0, 0], text: '# a\n' },
      { range: [2, 3], text: 'i' },
    ],
  },
}

export const bad: FileResult = {
  filePath: '/work/app/bad.yaml',
  displayPath: 'bad.yaml',
  problems: [rejected, imageTag, remark],
  suppressed: [{ ...imageTag, suppressions: [{ kind: 'directive', justification: 'a test cluster' }] }],
  source,
}

export const clean: FileResult = {
  filePath: '/work/app/clean.yaml',
  displayPath: 'clean.yaml',
  problems: [],
  suppressed: [],
  source,
}

export const options: FormatOptions = {
  color: false,
  cwd: '/work/app',
  summary: { files: 2, workloads: 3, templates: 1, patches: 1, fixable: 1, rolled: [] },
}

/** Where a part of `source` stands, with offsets. */
export function placeOf(part: string, text = source): Problem['position'] {
  const offset = text.indexOf(part)
  const before = text.slice(0, offset).split('\n')
  const [line, column] = [before.length, before.at(-1)!.length + 1]
  return {
    start: { line, column, offset },
    end: { line, column: column + part.length, offset: offset + part.length },
  }
}

const resource = { apiVersion: 'apps/v1', kind: 'DaemonSet', namespace: 'logs', name: 'agent' }

/** A finding as `lint` makes it: with offsets, its resource and its container. */
export const located: Problem = {
  ...imageTag,
  position: placeOf('example-image:latest'),
  resource,
  container: 'agent',
  rollsPods: true,
  fix: { edits: [{ range: [source.indexOf('latest'), source.indexOf('latest') + 6], text: '1.0' }] },
}

/** Names that try to be something else wherever they are printed. */
export const hostileText =
  '</script><img src=x>`|&"\' ::error::x %0A\n::error::y\r\u0000\u001b[31m\ud800 ]]> @octocat #1'

export const hostile: FileResult = {
  filePath: '/work/app/a,b: %c\n<d>.yaml',
  displayPath: 'a,b: %c\n<d>.yaml',
  problems: [
    {
      ...located,
      ruleId: 'my-plugin/a:b,c',
      message: `Container \`${hostileText}\` is bad.`,
      field: hostileText,
      resource: { ...resource, name: hostileText },
      container: hostileText,
      url: 'javascript:alert(1)',
      related: { position: placeOf('kind'), message: hostileText },
      suggestions: [{ message: hostileText, fix: { edits: [{ range: [0, 3], text: hostileText }] } }],
    },
  ],
  suppressed: [{ ...located, suppressions: [{ kind: 'config', justification: hostileText }] }],
  source,
}

export const failed: FormatOptions = {
  ...options,
  summary: { ...options.summary, failures: ['gone.yaml does not exist.'] },
}

export const none: FormatOptions = {
  ...options,
  summary: { files: 0, workloads: 0, templates: 0, patches: 0, fixable: 0, rolled: [] },
}
