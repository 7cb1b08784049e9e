import {
  Alias,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Pair,
  Scalar,
  YAMLMap,
  YAMLSeq,
} from 'yaml'

/**
 * A composed document as it is so many characters further on in its file. The one that is given stays as it is, for the
 * tree of an earlier text still finds its places in it.
 */
export function shiftDocument(document: Document, by: number): Document {
  const copy = Object.create(
    Object.getPrototypeOf(document),
    Object.getOwnPropertyDescriptors(document),
  ) as Document
  copy.contents = shifted(document.contents, by) as Document['contents']
  copy.range = shiftRange(document.range, by)
  return copy
}

type Range = [number, number, number]

function shiftRange<Place extends Range | null | undefined>(range: Place, by: number): Place {
  return (range && [range[0] + by, range[1] + by, range[2] + by]) as Place
}

/** By their constructors: `clone()` of `yaml` copies property by property, and takes as long as to compose. */
function shifted(node: unknown, by: number): unknown {
  if (isScalar(node)) return placed(new Scalar(node.value), node, by)
  if (isPair(node)) {
    const pair: Pair = Object.assign(new Pair<unknown, unknown>(null), node)
    pair.key = shifted(node.key, by)
    pair.value = shifted(node.value, by)
    return pair
  }
  if (isMap(node) || isSeq(node)) {
    const copy = placed(isMap(node) ? new YAMLMap(node.schema) : new YAMLSeq(node.schema), node, by)
    copy.items = node.items.map((item) => shifted(item, by)) as never[]
    return copy
  }
  return isAlias(node) ? placed(new Alias(node.source), node, by) : node
}

function placed<Kind extends Scalar | Alias | YAMLMap | YAMLSeq>(copy: Kind, node: Kind, by: number): Kind {
  Object.assign(copy, node)
  copy.range = shiftRange(node.range, by)
  return copy
}
