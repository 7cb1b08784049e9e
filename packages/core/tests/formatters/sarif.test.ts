import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import type { FileResult, FormatOptions } from '../../src/formatters/format.ts'
import { sarif } from '../../src/formatters/sarif.ts'

import { bad, clean, failed, hostile, located, options, placeOf, rejected, source } from './results.ts'

// The package's matcher wants packages that it does not depend on; its schema and its validator are all we need.
const require = createRequire(createRequire(import.meta.url).resolve('@microsoft/jest-sarif'))
const Ajv = require('ajv')
const ajv = new Ajv({ schemaId: 'auto', allErrors: true })
ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'))
const validate = ajv.compile(require('./schemas/sarif-2.1.0-rtm.5.json'))

const known: FormatOptions = {
  ...options,
  version: '1.2.3',
  rules: (id) =>
    id === 'image-tag'
      ? {
          description: 'Forbid moving tags',
          category: 'images',
          severity: 'warn',
          hasSuggestions: true,
          help: 'A tag such as `latest` moves.\n\n## Why it matters\n\nSee [tags](https://example.com).\n\n```yaml\nimage: a:1\n```',
        }
      : undefined,
}

function read(results: FileResult[], given = known) {
  const text = sarif(results, given)
  const log = JSON.parse(text)
  validate(log)
  expect(validate.errors).toBeNull()
  return log.runs[0]
}

describe('sarif', () => {
  it('is held to the schema of SARIF 2.1.0 by these tests', () => {
    expect(validate({ version: '2.1.0', runs: [{ results: [] }] })).toBe(false)
  })

  it('describes each rule that reported, once', () => {
    const { driver } = read([{ ...bad, problems: [located, rejected, located] }]).tool
    expect(driver).toMatchObject({ name: 'daemonlint', version: '1.2.3', semanticVersion: '1.2.3' })
    expect(driver.rules).toEqual([
      {
        id: 'image-tag',
        name: 'ImageTag',
        shortDescription: { text: 'Forbid moving tags.' },
        fullDescription: { text: 'A tag such as latest moves.' },
        help: {
          text: 'A tag such as latest moves.\n\nWhy it matters\n\nSee tags.\n\nimage: a:1',
          markdown: known.rules!('image-tag')!.help,
        },
        defaultConfiguration: { level: 'warning' },
        properties: {
          tags: ['images', 'kubernetes'],
          precision: 'high',
          category: 'images',
          'problem.severity': 'warning',
          fixable: false,
          hasSuggestions: true,
          rollsPods: false,
        },
      },
      {
        id: 'api-server/required',
        name: 'ApiServerRequired',
        properties: { tags: ['kubernetes'], precision: 'very-high' },
      },
    ])
    expect(driver).not.toHaveProperty('informationUri')
  })

  it('says what was found, and where', () => {
    const { results, columnKind, originalUriBaseIds } = read([{ ...bad, problems: [rejected, located] }])
    expect(columnKind).toBe('utf16CodeUnits')
    expect(originalUriBaseIds).toEqual({ '%SRCROOT%': { uri: 'file:///work/app/' } })
    expect(results[1]).toMatchObject({ ruleId: 'image-tag', ruleIndex: 1, level: 'warning' })
    const { start, end } = located.position
    expect(results[1].locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'bad.yaml', uriBaseId: '%SRCROOT%' },
          region: {
            startLine: 10,
            startColumn: 18,
            endLine: 10,
            endColumn: 38,
            charOffset: start.offset,
            charLength: end.offset! - start.offset!,
            snippet: { text: 'example-image:latest' },
          },
        },
        logicalLocations: [
          {
            name: 'agent',
            fullyQualifiedName: 'DaemonSet logs/agent',
            kind: 'resource',
            properties: { apiVersion: 'apps/v1', kind: 'DaemonSet' },
          },
          { name: 'agent', fullyQualifiedName: 'DaemonSet logs/agent/agent', kind: 'container' },
          {
            name: 'spec.template.spec.containers[0].image',
            fullyQualifiedName: 'DaemonSet logs/agent/spec.template.spec.containers[0].image',
            kind: 'property',
          },
        ],
      },
    ])
    expect(results[0]).toMatchObject({ level: 'error', properties: { rejected: true } })
    expect(results[0].relatedLocations).toMatchObject([
      { id: 1, message: { text: 'its labels stand here' }, physicalLocation: { region: { startLine: 6 } } },
    ])
  })

  it('makes notes of remarks', () => {
    expect(read([bad]).results.map(({ level }: { level: string }) => level)).toEqual([
      'error',
      'warning',
      'note',
      'warning',
    ])
  })

  it('offers the fix and the suggestions, whose replacements come to what was meant', () => {
    const [{ fixes }] = read([{ ...bad, problems: [located], suppressed: [] }]).results
    expect(fixes).toHaveLength(2)
    expect(fixes[0].description.text).toBe(
      'The fix of image-tag, as --fix applies it. It restarts the pods on every node.',
    )
    expect(fixes[1].description.text).toBe('Pin a version.')
    const [{ deletedRegion, insertedContent }] = fixes[0].artifactChanges[0].replacements
    const { charOffset, charLength, startLine, startColumn, endLine, endColumn } = deletedRegion
    const mended = source.slice(0, charOffset) + insertedContent.text + source.slice(charOffset + charLength)
    expect(mended).toBe(source.replace('latest', '1.0'))
    expect([startLine, startColumn, endLine, endColumn]).toEqual([10, 32, 10, 38])
  })

  it('leaves out what a deletion would insert', () => {
    const fix = { edits: [{ range: [0, 20] as [number, number], text: '' }] }
    const [{ fixes }] = read([{ ...bad, problems: [{ ...located, fix }] }]).results
    expect(fixes[0].artifactChanges[0].replacements[0]).not.toHaveProperty('insertedContent')
  })

  it('keeps what is suppressed, with the reason', () => {
    const suppressed = (['directive', 'annotation', 'config', 'file'] as const).map((kind) => ({
      ...located,
      suppressions: [{ kind, justification: kind === 'file' ? '' : 'a test cluster' }],
    }))
    const { results } = read([{ ...bad, problems: [located], suppressed }])
    const all = results.map(({ suppressions }: { suppressions: object[] }) => suppressions)
    const inSource = { kind: 'inSource', status: 'accepted', justification: 'a test cluster' }
    expect(all).toEqual([
      [],
      [inSource],
      [inSource],
      [{ ...inSource, kind: 'external' }],
      [{ kind: 'external', status: 'accepted' }],
    ])
    // Where none is, none says so.
    expect(read([{ ...bad, suppressed: [] }]).results[0]).not.toHaveProperty('suppressions')
  })

  it('has fingerprints', () => {
    const [{ partialFingerprints }] = read([{ ...bad, problems: [located] }]).results
    expect(partialFingerprints).toEqual({
      primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]+:1$/),
      'daemonlint/v1': expect.stringMatching(/^[0-9a-f]{16}$/),
    })
    const below = `# one more line\n${source}`
    const moved = { ...located, position: placeOf('example-image:latest', below) }
    const [again] = read([{ ...bad, source: below, displayPath: 'moved.yaml', problems: [moved] }]).results
    expect(again.partialFingerprints).toEqual(partialFingerprints)
  })

  it('says what was not checked', () => {
    expect(read([bad]).invocations).toEqual([{ executionSuccessful: true }])
    expect(read([], failed).invocations).toEqual([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [{ level: 'error', message: { text: 'gone.yaml does not exist.' } }],
      },
    ])
  })

  it('takes hostile names, paths outside the folder, and files whose text is not known', () => {
    const [result] = read([hostile]).results
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe('a%2Cb%3A%20%25c%0A%3Cd%3E.yaml')
    const outside = { ...bad, displayPath: '/elsewhere/a.yaml', source: undefined }
    const { artifactLocation, region } = read([outside]).results[1].locations[0].physicalLocation
    expect(artifactLocation).toEqual({ uri: 'file:///elsewhere/a.yaml' })
    expect(region).not.toHaveProperty('snippet')
  })

  it('is valid where there is nothing', () => {
    expect(read([clean]).results).toEqual([])
    expect(read([])).toMatchObject({ results: [], tool: { driver: { rules: [] } } })
  })
})
