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
