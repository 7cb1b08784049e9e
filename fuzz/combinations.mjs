// Reads combinations.yaml: each becomes a change to a document.
import { readFileSync } from 'node:fs'
import { clone, isMap, isObject } from './edits.mjs'
import { yaml } from './ours.mjs'

const text = readFileSync(new URL('combinations.yaml', import.meta.url), 'utf8')

export const combinations = yaml.parse(text).map(({ name, set }) => {
  const edits = Object.entries(set).map(([path, value]) => ({ steps: stepsOf(path), value }))
  return {
    label: `combine: ${name}`,
    apply(document) {
      const pod = document?.spec?.template?.spec
      if (isMap(pod))
        for (const { steps, value } of edits) write(steps[0] === '^' ? document : pod, steps, value)
    },
  }
})

/** `containers[0].env` as its steps; `^.` leads from the manifest. */
function stepsOf(path) {
  return [...path.matchAll(/\[(\d+|\+)\]|[^.[\]]+/g)].map(([step, index]) =>
    index === undefined ? step : index === '+' ? '+' : Number(index),
  )
}

function write(from, path, value) {
  const steps = path[0] === '^' ? path.slice(1) : path
  let node = from
  steps.slice(0, -1).forEach((step, at) => {
    if (!isObject(node[step]))
      node[step] = typeof steps[at + 1] === 'string' && steps[at + 1] !== '+' ? {} : []
    node = node[step]
  })
  const last = steps.at(-1)
  node[last === '+' ? (node.length ?? 0) : last] = clone(value)
}
