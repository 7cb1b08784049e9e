import { type Alias, type Document, type Node, visit } from 'yaml'
import type { Lines } from './lines.ts'

/** A composed YAML document and what is needed to find places in it. */
export interface YamlSource {
  /** As `yaml` composed it; every `range` counts from the start of the file. */
  readonly document: Document
  /** The whole file, without a byte order mark. */
  readonly text: string
  readonly lines: Lines
  /** What an alias stands for: the last node before it with that anchor. */
  resolve(alias: Alias): Node | undefined
}

export function createSource(document: Document, text: string, lines: Lines): YamlSource {
  let anchors: Map<string, Node[]> | undefined
  const collect = () => {
    const found = new Map<string, Node[]>()
    visit(document, {
      Node(_, node) {
        if (!('anchor' in node) || !node.anchor) return
        const nodes = found.get(node.anchor)
        if (nodes) nodes.push(node)
        else found.set(node.anchor, [node])
      },
    })
    return found
  }
  const resolve = (alias: Alias) => {
    anchors ??= collect()
    const at = alias.range?.[0] ?? 0
    const nodes = anchors.get(alias.source) ?? []
    let low = 0
    let high = nodes.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((nodes[middle]!.range?.[0] ?? 0) < at) low = middle + 1
      else high = middle
    }
    return nodes[low - 1]
  }
  return { document, text, lines, resolve }
}
