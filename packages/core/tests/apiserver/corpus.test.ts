import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Problem } from '../../src/problem.ts'
import { hasShared, judgeText, shared, show } from './shared.ts'

interface Verdict {
  file: string
  /** Index of the YAML document. */
  doc: number
  status: number
  verdict: 'accept' | 'reject'
  message?: string
  causes?: { field: string }[]
}

/** Posted to the server though they are no manifests: values of Helm charts, and a list of scan exceptions. */
const notOurs = new Set([
  'odd/fluent__helm-charts/charts/fluentd/values.yaml',
  'odd/prometheus-community__helm-charts/charts/prometheus-blackbox-exporter/ci/daemonset-values.yml',
  'odd/prometheus-community__helm-charts/charts/prometheus-snmp-exporter/ci/03-daemonset-values.yaml',
  'odd/prometheus-operator__kube-prometheus/kubescape-exceptions.json',
])

/** The lines of a document as the verdicts count them: every `---` begins one, also the first of a file. */
function linesOf(text: string, doc: number): { first: number; last: number } {
  const starts = [1]
  for (const [index, line] of text.split(/\r\n?|\n/).entries())
    if (line.startsWith('---')) starts.push(index + 1)
  return { first: starts[doc]!, last: starts[doc + 1] ?? Number.POSITIVE_INFINITY }
}

const verdictsFile = 'oracle/corpus-verdicts.json'

const present = hasShared(verdictsFile, 'corpus/plain')

describe.skipIf(!present)('verdicts on real manifests', () => {
  // A suite that is skipped is read all the same.
  const verdicts: Verdict[] = present ? JSON.parse(readFileSync(shared + verdictsFile, 'utf8')) : []
  const judged = new Map<string, ReturnType<typeof judgeText>>()
  const rejections = ({ file, doc }: Verdict): string[] => {
    const known = judged.get(file) ?? judgeText(readFileSync(`${shared}corpus/${file}`))
    judged.set(file, known)
    const { first, last } = linesOf(known.root.text, doc)
    const within = ({ position }: Problem) => position.start.line >= first && position.start.line < last
    return known.problems.filter((problem) => problem.rejected && within(problem)).map(show)
  }

  it('rejects nothing that the server accepts', { timeout: 60_000 }, () => {
    const accepted = verdicts.filter(({ verdict }) => verdict === 'accept')
    expect(accepted.length).toBeGreaterThan(400)
    const wrong = accepted.map((verdict) => ({ ...verdict, found: rejections(verdict) }))
    expect(wrong.filter(({ found }) => found.length > 0).map(({ file, found }) => ({ file, found }))).toEqual(
      [],
    )
  })

  it('rejects all that the server cannot decode', { timeout: 60_000 }, () => {
    const refused = verdicts.filter(({ status, file }) => status === 400 && !notOurs.has(file))
    expect(refused.length).toBeGreaterThan(20)
    const missed = refused.filter((verdict) => rejections(verdict).length === 0)
    expect(missed.map(({ file, doc, message }) => ({ file, doc, message }))).toEqual([])
  })

  it('rejects all that the server finds invalid, and names the same fields, but for patches', {
    timeout: 60_000,
  }, () => {
    const refused = verdicts.filter(({ status, file }) => status === 422 && !notOurs.has(file))
    expect(refused.length).toBeGreaterThan(20)
    const differing = refused.flatMap((verdict) => {
      const found = rejections(verdict)
      const isPatch = judged.get(verdict.file)!.root.children.some(({ role }) => role === 'patch')
      const fields = (verdict.causes ?? []).map(({ field }) => field).sort()
      const ours = found.map((text) => text.split(' ')[1]!).sort()
      const same = [...new Set(ours)].join() === [...new Set(fields)].join()
      return same || (isPatch && found.length === 0) ? [] : [{ file: verdict.file, fields, ours }]
    })
    expect(differing).toEqual([])
  })
})
