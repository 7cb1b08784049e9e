import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeAll } from './decode-all.ts'

interface Sample {
  input: string
  documents: { json?: string; error?: string; strictError?: string }[]
}

/** What the API server's own YAML packages make of an input; a sibling of the repository that a clone lacks. */
const path = new URL('../../../../../shared/oracle/yaml-decoding.json', import.meta.url)
const present = existsSync(path)
if (!present) console.log('skipped: ../shared/oracle/yaml-decoding.json is not there')

/** JSON.parse rounds long integers, so they are compared as text. */
const quoteLong = (json: string) =>
  json.replace(/(?<=[:[,])-?\d{16,}(?=[,\]}])/g, (digits) => `"int ${digits}"`)
const normal = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, each) =>
      typeof each === 'bigint'
        ? `int ${each}`
        : typeof each === 'number' && each >= 1e16 && each < 1e21
          ? `int ${each}`
          : each,
    ),
  )

describe.skipIf(!present)('parse agrees with Kubernetes on', () => {
  const samples: Sample[] = present ? JSON.parse(readFileSync(path, 'utf8')) : []
  it.each(samples.map((sample) => [JSON.stringify(sample.input), sample] as const))('%s', (_, sample) => {
    const actual = decodeAll(sample.input)
    expect(actual).toHaveLength(sample.documents.length)
    sample.documents.forEach((expected, index) => {
      const found = actual[index]!
      if (expected.error) {
        expect(found.fatal, expected.error).not.toEqual([])
        for (const { position } of found.fatal) expect(position.start.line).toBeGreaterThan(0)
      } else {
        expect(found.fatal).toEqual([])
        expect(normal(found.value)).toEqual(JSON.parse(quoteLong(expected.json!)))
        expect(found.duplicates.length > 0, expected.strictError).toBe(expected.strictError !== undefined)
      }
    })
  })
})
