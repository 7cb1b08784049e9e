import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { judge } from '../../src/apiserver/index.ts'
import { parse } from '../../src/parse/index.ts'
import type { Problem } from '../../src/problem.ts'
import { mayBeDaemonSet, normaliseVersions } from '../../src/schema/index.ts'

/** The sibling of the repository that holds the corpus and the API server's verdicts. */
export const shared = fileURLToPath(new URL('../../../../../shared/', import.meta.url))

/** True when files below `shared` are there; says so when they are not. */
export function hasShared(...files: string[]): boolean {
  const absent = files.filter((file) => !existsSync(shared + file))
  if (absent.length > 0) console.warn(`skipped: ../shared has no ${absent.join(', ')}`)
  return absent.length === 0
}

/** What the API server refuses of a text; a List's items count for its document. */
export function judgeText(text: string | Uint8Array, versions?: string | string[]) {
  const root = parse(text, { wants: mayBeDaemonSet })
  const judgement = judge(root, { kubernetesVersions: normaliseVersions(versions) })
  const unfilled = judgement.problems.find(({ message }) => /\{\{[a-z]+\}\}/i.test(message))
  if (unfilled) throw new Error(`a placeholder has no data: ${unfilled.message}`)
  return { root, ...judgement }
}

/** A DaemonSet whose pod's spec has these lines. */
export const daemonSetOf = (podSpec: string): string => `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  selector:
    matchLabels: { app: agent }
  template:
    metadata:
      labels: { app: agent }
    spec:
${podSpec.replace(/^(?=.)/gm, '      ')}
`

/** One line a problem, for comparing: `unknown-field spec.strategy 5:3 message`. */
export const show = ({ ruleId, field, position, message }: Problem): string =>
  `${ruleId.replace('api-server/', '')} ${field ?? '-'} ${position.start.line}:${position.start.column} ${message}`
