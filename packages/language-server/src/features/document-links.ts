import type { Position } from '@daemonlint/core'
import { readDirective } from '@daemonlint/core/editor'
import { type Knowledge, packedKnowledge } from '../knowledge.ts'
import type { Snapshot } from '../snapshot.ts'

export interface DocumentLink {
  position: Position
  url: string
}

/** Links from the rules that directives name to the pages that explain them, for rules that have one. */
export function documentLinks(
  { result, config }: Snapshot,
  knowledge: Knowledge = packedKnowledge,
): DocumentLink[] {
  return result.root.comments.flatMap((comment) => {
    const directive = readDirective(comment)
    if (!directive || !('rules' in directive)) return []
    return directive.rules.flatMap(({ id, position }) => {
      const own = Object.hasOwn(config.rules, id) ? config.rules[id]!.rule.meta.docs?.url : undefined
      const url = own ?? knowledge.pageUrl(id)
      return url === undefined ? [] : [{ position, url }]
    })
  })
}
