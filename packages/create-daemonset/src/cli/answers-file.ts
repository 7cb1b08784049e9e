import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { systemReason } from '@daemonlint/node'
import { parseDocument } from 'yaml'
import { ScaffoldError } from '../errors.ts'
import type { Answers } from '../questions.ts'
import { writeValue } from '../write-yaml.ts'

/** The file that a run writes beside what it makes. Its name ends in nothing that kubectl or a linter would read. */
export const answersFileName = 'create-daemonset.answers'

/**
 * Reads answers, as YAML or JSON.
 * @param path as given, from `cwd`
 * @throws ScaffoldError that says what is wrong with the file
 */
export function readAnswers(path: string, cwd: string): Answers {
  let text: string
  try {
    text = readFileSync(resolve(cwd, path), 'utf8')
  } catch (error) {
    throw new ScaffoldError(`--answers ${path}: it cannot be read: ${systemReason(error)}.`)
  }
  const document = parseDocument(text, { prettyErrors: true, maxAliasCount: 10 } as never)
  const [mistake] = document.errors
  if (mistake)
    throw new ScaffoldError(`--answers ${path}: ${mistake.message.split('\n', 1)[0]!.replace(/:$/, '.')}`)
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: 10 })
  } catch (error) {
    throw new ScaffoldError(`--answers ${path}: ${(error as Error).message}.`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ScaffoldError(
      `--answers ${path}: expected answers by their keys, such as 'preset: fluent-bit'.`,
    )
  return value as Answers
}

/** The text of the file: every answer, defaults too, so that a later version replays the same. */
export function answersText(answers: Answers, replay: string): string {
  return writeValue(answers, { header: `Makes the same again: ${replay}` })
}
