/** What a path of a case may begin with instead of the whole. */
const shortcuts = {
  template: 'spec.template',
  pod: 'spec.template.spec',
  container: 'spec.template.spec.containers[0]',
}

/** `container.ports[0]` as the API server prints it: `spec.template.spec.containers[0].ports[0]`. */
export function expand(path) {
  const [head] = /^\w*/.exec(path)
  return Object.hasOwn(shortcuts, head) ? shortcuts[head] + path.slice(head.length) : path
}

/**
 * The steps of a path, shortcuts resolved: names of fields, and numbers for items of a list.
 * @param {string} path `container.ports[0]`, `metadata.labels["example.com/tier"]`
 * @returns {(string | number)[]}
 * @throws Error where it cannot be read
 */
export function stepsOf(path) {
  const whole = expand(path)
  const steps = []
  const step = /(?:^|\.)([^.[\]]+)|\[(?:(\d+)|("(?:[^"\\]|\\.)*")|([^"\]]+))\]/y
  while (step.lastIndex < whole.length) {
    const match = step.exec(whole)
    if (!match)
      throw new Error(`cannot read the path \`${path}\`: write it as in \`a.b[0].c["key/with.dots"]\``)
    const [, name, index, quoted, bare] = match
    steps.push(index === undefined ? (name ?? bare ?? JSON.parse(quoted)) : Number(index))
  }
  if (steps.length === 0) throw new Error('a path is empty')
  return steps
}
