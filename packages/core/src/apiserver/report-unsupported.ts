import { excerpt } from '../text/excerpt.ts'
import { nearest } from '../text/nearest.ts'
import type { Finding, Validation } from './check.ts'

/**
 * Reports a value that is none of those allowed. The id's messages need `unsupported`, which may hold `{{value}}` and
 * `{{allowed}}` or ask `{{meant}}`, and `choose`, which may hold `{{choice}}`: it is the suggestion to write a near
 * one. Where only case differs there is no doubt, and it is a fix, unless the value is one of `powers`.
 * @param allowed the values that the server takes
 * @param powers those of them that give power over a node, which a person must grant: suggested by the message `grant`,
 *   which may hold `{{choice}}`
 */
export function reportUnsupported(
  validation: Validation,
  {
    value,
    allowed,
    powers = [],
    ...finding
  }: Omit<Finding, 'messageId'> & {
    value: string
    allowed: readonly string[]
    powers?: readonly string[]
  },
): void {
  const { path } = finding.at
  const choice = value.length > 100 ? undefined : nearest(value, allowed)
  const grants = choice !== undefined && powers.includes(choice)
  const sure = choice !== undefined && !grants && choice.toLowerCase() === value.toLowerCase()
  validation.report({
    ...finding,
    messageId: 'unsupported',
    data: {
      value: excerpt(value),
      allowed: enumerate(allowed),
      meant: choice === undefined ? '' : ` Did you mean \`${choice}\`?`,
      ...finding.data,
    },
    ...(sure && { fix: (fixer) => fixer.set(path, choice) }),
    ...(choice &&
      !sure && {
        suggest: [
          {
            messageId: grants ? 'grant' : 'choose',
            data: { choice },
            fix: (fixer) => fixer.set(path, choice),
          },
        ],
      }),
  })
}

/** `A`, `B` and `C`, each in backquotes. */
export function enumerate(words: readonly string[]): string {
  const quoted = words.map((word) => (word === '' ? '`""`' : `\`${word}\``))
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`
}
