import { describe, expect, it } from 'vitest'
import { json } from '../../src/formatters/json.ts'
import { bad, clean, imageTag, options, remark, source } from './results.ts'

const results = (...files: Parameters<typeof json>[0]) => JSON.parse(json(files, options))

describe('json', () => {
  it("has ESLint's shape", () => {
    expect(results(bad)).toMatchInlineSnapshot(`
      [
        {
          "errorCount": 1,
          "fatalErrorCount": 1,
          "filePath": "/work/app/bad.yaml",
          "fixableErrorCount": 0,
          "fixableInfoCount": 1,
          "fixableWarningCount": 0,
          "infoCount": 1,
          "messages": [
            {
              "column": 1,
              "endColumn": 5,
              "endLine": 5,
              "fatal": true,
              "field": "spec.selector",
              "line": 5,
              "message": "A DaemonSet needs \`spec.selector\`.",
              "messageId": "missing",
              "ruleId": "api-server/required",
              "severity": 2,
            },
            {
              "column": 18,
              "endColumn": 38,
              "endLine": 10,
              "field": "spec.template.spec.containers[0].image",
              "line": 10,
              "message": "Container \`agent\` uses the tag \`latest\`, so that nodes may run different versions.",
              "messageId": "latest",
              "ruleId": "image-tag",
              "severity": 1,
              "suggestions": [
                {
                  "desc": "Pin a version.",
                  "fix": {
                    "range": [
                      165,
                      171,
                    ],
                    "text": "1.0",
                  },
                  "messageId": "pin",
                },
              ],
            },
            {
              "column": 11,
              "endColumn": 16,
              "endLine": 11,
              "fix": {
                "range": [
                  0,
                  3,
                ],
                "text": "# a
      api",
              },
              "line": 11,
              "message": "An empty list.",
              "ruleId": "my-plugin/empty",
              "severity": 0,
              "url": "https://example.com/empty",
            },
          ],
          "source": "apiVersion: apps/v1
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
      ",
          "suppressedMessages": [
            {
              "column": 18,
              "endColumn": 38,
              "endLine": 10,
              "field": "spec.template.spec.containers[0].image",
              "line": 10,
              "message": "Container \`agent\` uses the tag \`latest\`, so that nodes may run different versions.",
              "messageId": "latest",
              "ruleId": "image-tag",
              "severity": 1,
              "suggestions": [
                {
                  "desc": "Pin a version.",
                  "fix": {
                    "range": [
                      165,
                      171,
                    ],
                    "text": "1.0",
                  },
                  "messageId": "pin",
                },
              ],
              "suppressions": [
                {
                  "justification": "a test cluster",
                  "kind": "directive",
                },
              ],
            },
          ],
          "usedDeprecatedRules": [],
          "warningCount": 1,
        },
      ]
    `)
  })

  it('has an entry for a clean file', () => {
    expect(results(clean)).toEqual([
      {
        filePath: '/work/app/clean.yaml',
        messages: [],
        suppressedMessages: [],
        errorCount: 0,
        fatalErrorCount: 0,
        warningCount: 0,
        infoCount: 0,
        fixableErrorCount: 0,
        fixableWarningCount: 0,
        fixableInfoCount: 0,
        usedDeprecatedRules: [],
      },
    ])
  })

  it('gives the output instead of the source', () => {
    const [result] = results({ ...bad, output: 'kind: DaemonSet\n' })
    expect(result.output).toBe('kind: DaemonSet\n')
    expect(result).not.toHaveProperty('source')
  })

  it('merges the edits of a fix into one', () => {
    const [{ messages }] = results({ ...bad, problems: [remark] })
    expect(messages[0].fix).toEqual({ range: [0, 3], text: `# a\n${source.slice(0, 2)}i` })
  })

  it('takes the text from elsewhere, without its byte order mark', () => {
    const file = { ...bad, problems: [remark], source: undefined }
    const text = json([file], { ...options, sources: () => `\ufeff${source}` })
    expect(JSON.parse(text)[0].messages[0].fix.text).toBe('# a\napi')
    expect(JSON.parse(json([file], options))[0].messages[0]).not.toHaveProperty('fix')
  })

  it('is the same twice, on one line', () => {
    expect(json([bad, clean], options)).toBe(json([bad, clean], options))
    expect(json([bad], options)).not.toContain('\n')
    expect(json([{ ...bad, problems: [imageTag] }], options)).not.toContain('"fix":{"edits"')
  })
})
