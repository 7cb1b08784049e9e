import type { Position } from '@daemonlint/core'
import { readDirective } from '@daemonlint/core/editor'
import type { Snapshot } from '../snapshot.ts'

export interface DocumentLink {
  position: Position
  url: string
}

/** Links from the rules that directives name to the pages that explain them, for rules that have one. */
export function documentLinks({ result, config }: Snapshot): DocumentLink[] {
  return result.root.comments.flatMap((comment) => {
    const directive = readDirective(comment)
    if (!directive || !('rules' in directive)) return []
    return directive.rules.flatMap(({ id, position }) => {
      const url = Object.hasOwn(config.rules, id) ? config.rules[id]!.rule.meta.docs?.url : undefined
      return url === undefined ? [] : [{ position, url }]
    })
  })
}
