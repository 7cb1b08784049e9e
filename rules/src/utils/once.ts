/**
 * Remembers what was found for a node. Rules ask for each mount, volume and container anew, and a manifest may have
 * thousands of them.
 * @param find depends on nothing but the node
 */
export function once<Node extends object, Found>(find: (node: Node) => Found): (node: Node) => Found {
  const known = new WeakMap<Node, { found: Found }>()
  return (node) => {
    let entry = known.get(node)
    if (!entry) {
      entry = { found: find(node) }
      known.set(node, entry)
    }
    return entry.found
  }
}
