import type { Path } from './tree.ts'

/** Maps that the API server prints with a key in brackets: `resources.limits[cpu]`. */
const keyed = new Set(['limits', 'requests', 'capacity', 'overhead'])

/**
 * A path as the API server prints it: `spec.template.spec.containers[0].image`.
 * @param path from the resource's root
 */
export function printPath(path: Path): string {
  let text = ''
  path.forEach((part, index) => {
    const parent = path[index - 1]
    if (typeof part === 'number' || (typeof parent === 'string' && keyed.has(parent))) text += `[${part}]`
    else if (!/^[\w$-]+$/.test(part)) text += text === '' ? part : `[${part}]`
    else text += text === '' ? part : `.${part}`
  })
  return text
}
