/**
 * The built command on real manifests that others wrote, where a corpus of them lies beside the repository, and
 * against what a real API server said of them.
 */
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { type Manifest, type Path, parse } from '@daemonlint/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../../..')
const shared = resolve(root, '../shared')
const verdictsFile = join(shared, 'oracle/corpus-verdicts.json')
const command = join(root, 'node_modules/.bin/daemonlint')
const present = existsSync(join(shared, 'corpus')) && existsSync(verdictsFile)
// As the command names files: where they really are.
const corpus = present ? realpathSync(join(shared, 'corpus')) : ''
if (!present) console.log('corpus.test.ts: skipped, there is no corpus of manifests beside this repository')

interface Message {
  ruleId: string
  severity: number
  message: string
  line: number
  column: number
  fatal?: boolean
  field?: string
  fix?: unknown
}
interface Result {
  filePath: string
  messages: Message[]
}
interface Verdict {
  file: string
  doc: number
  status: number
  verdict: 'accept' | 'reject'
  message?: string
}

function run(args: string[], cwd: string) {
  const done = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 30 })
  return { status: done.status, stdout: done.stdout, stderr: done.stderr }
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesUnder(path) : [path]
  })
}

const stackTrace = /^\s+at .+:\d+:\d+\)?$/m

describe.skipIf(!present)('real manifests', () => {
  describe.each(['plain', 'odd', 'templated'])('%s', (folder) => {
    it('ends without a crash, a stack trace or a warning of Node, and says the same twice', () => {
      const once = run(['--no-color', '.'], join(corpus, folder))
      const twice = run(['--no-color', '.'], join(corpus, folder))
      expect(once.stderr).toBe('')
      expect(once.stdout).not.toMatch(stackTrace)
      expect([0, 1]).toContain(once.status)
      expect(once.stdout === twice.stdout).toBe(true)
    })

    it('points every finding at a place inside the file', () => {
      const done = run(['--format', 'json', '.'], join(corpus, folder))
      for (const result of JSON.parse(done.stdout) as Result[]) {
        const lines = readFileSync(result.filePath, 'utf8').split(/\r\n|\r|\n/)
        for (const message of result.messages) {
          expect(message.line, `${result.filePath}: ${message.ruleId}`).toBeGreaterThan(0)
          expect(message.line).toBeLessThanOrEqual(lines.length)
          expect(message.column).toBeGreaterThan(0)
          expect(message.column).toBeLessThanOrEqual((lines[message.line - 1]?.length ?? 0) + 2)
          expect(message.message).not.toMatch(/\{\{\s*\w+\s*\}\}|undefined|\[object/)
        }
      }
    })
  })

  it('calls no template broken YAML', () => {
    const done = run(['--format', 'json', '.'], join(corpus, 'templated'))
    const broken = (JSON.parse(done.stdout) as Result[]).flatMap((result) =>
      result.messages
        .filter((message) => message.ruleId === 'api-server/yaml-syntax')
        .map((message) => `${relative(corpus, result.filePath)}:${message.line} ${message.message}`),
    )
    expect(broken).toEqual([])
  })

  describe('against the verdicts of an API server', () => {
    const verdicts: Verdict[] = present ? JSON.parse(readFileSync(verdictsFile, 'utf8')) : []
    const byFile = new Map<string, Verdict[]>()
    for (const verdict of verdicts) byFile.set(verdict.file, [...(byFile.get(verdict.file) ?? []), verdict])
    let rejections: Map<string, Message[]>

    beforeAll(() => {
      const done = run(['--format', 'json', ...byFile.keys()], corpus)
      expect(done.status).toBe(1)
      rejections = new Map(
        (JSON.parse(done.stdout) as Result[]).map((result) => [
          relative(corpus, result.filePath),
          result.messages.filter((message) => message.fatal),
        ]),
      )
    }, 120_000)

    it('accuses no manifest that the server accepts', () => {
      expect([...byFile.keys()].filter((file) => !rejections.has(file))).toEqual([])
      const wrong = [...byFile]
        .filter(([, all]) => all.every((verdict) => verdict.verdict === 'accept'))
        .flatMap(([file]) =>
          (rejections.get(file) ?? []).map((m) => `${file}:${m.line} ${m.ruleId} ${m.message}`),
        )
      expect(wrong).toEqual([])
    })

    it('refuses every DaemonSet that the server cannot decode', () => {
      const missed = [...byFile]
        .filter(([, all]) => all.some((verdict) => verdict.status === 400))
        // Values of a chart and a list of exceptions: text that names the kind but is no manifest.
        .filter(([file]) => !/values\.ya?ml$|kubescape-exceptions\.json$/.test(file))
        .filter(([file]) => (rejections.get(file) ?? []).length === 0)
        .map(([file, all]) => `${file}: ${all.find((verdict) => verdict.status === 400)?.message}`)
      expect(missed).toEqual([])
    })
  })

  describe('--fix', () => {
    let copy: string
    beforeAll(() => {
      copy = mkdtempSync(join(tmpdir(), 'daemonlint-corpus-'))
      cpSync(corpus, copy, { recursive: true })
    })
    afterAll(() => rmSync(copy, { recursive: true, force: true }))

    it('changes only what it fixes, keeps every comment, and changes nothing the second time', () => {
      const before = JSON.parse(run(['--format', 'json', '.'], copy).stdout) as Result[]
      const fixable = new Map(before.map((r) => [r.filePath, r.messages.filter((m) => m.fix)]))
      const fixed = run(['--fix', '--no-color', '.'], copy)
      expect(fixed.stderr).not.toMatch(stackTrace)

      let changed = 0
      for (const file of filesUnder(copy)) {
        const original = readFileSync(join(corpus, relative(copy, file)))
        const now = readFileSync(file)
        if (original.equals(now)) continue
        changed++
        const [a, b] = [parse(original), parse(now)]
        const text = (comments: typeof a.comments) => comments.map((c) => c.value.trim()).sort()
        expect(
          text(b.comments).filter((c) => !c.startsWith('daemonlint-')),
          file,
        ).toEqual(text(a.comments).filter((c) => !c.startsWith('daemonlint-')))
        expect(b.children.length, file).toBe(a.children.length)
        a.children.forEach((manifest, index) => {
          const { start, end } = manifest.position
          const fields = (fixable.get(file) ?? [])
            .filter(({ line }) => line >= start.line && line <= end.line)
            .flatMap(({ field }) => field ?? [])
          for (const path of differences(manifest.value, b.children[index]?.value, [])) {
            const changes = `${relative(copy, file)}: ${manifest.field(...path)}; fixed were ${fields}`
            expect(
              fields.some((field) => isFieldOrSibling(field, manifest, path)),
              changes,
            ).toBe(true)
          }
        })
      }
      expect(changed).toBeGreaterThan(0)

      const stamps = new Map(filesUnder(copy).map((file) => [file, statSync(file).mtimeMs]))
      run(['--fix', '--no-color', '.'], copy)
      for (const [file, stamp] of stamps) expect(statSync(file).mtimeMs, file).toBe(stamp)
    })
  })
})

/** True when `path` is the field that was fixed, or stands in the same map: a renamed key is two changes. */
function isFieldOrSibling(field: string, manifest: Manifest, path: Path): boolean {
  const parent = manifest.field(...path.slice(0, -1))
  if (field === manifest.field(...path)) return true
  return field.startsWith(parent) && /^(\.?[^.[\]]+|\[[^\]]*\])$/.test(field.slice(parent.length))
}

/** The ways to the smallest values in which two values differ. */
function differences(a: unknown, b: unknown, path: Path): Path[] {
  if (Object.is(a, b)) return []
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
    return a.flatMap((item, index) => differences(item, b[index], [...path, index]))
  }
  if (isRecord(a) && isRecord(b)) {
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) =>
      differences(a[key], b[key], [...path, key]),
    )
  }
  return [path]
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
