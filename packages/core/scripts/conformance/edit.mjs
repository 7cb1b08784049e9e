import { isAlias, isCollection, isMap, isScalar, isSeq, Pair, Scalar, visit, YAMLMap, YAMLSeq } from 'yaml'
import { stepsOf } from './paths.mjs'

/** What a person writes last: new fields come before these. */
const last = new Set(['spec', 'template', 'containers'])
/** … and these after them. */
const after = new Set(['status', 'volumes'])

/**
 * Writes a value into a document, with the maps and lists that lead to it.
 * @param {import('yaml').Document} document read with the schema `failsafe`, so that scalars stay as they are written
 * @param {string} path see stepsOf
 * @param {import('yaml').Node} value it becomes part of the document
 * @throws Error where the path leads nowhere
 */
export function setAt(document, path, value) {
  const steps = stepsOf(path)
  const parent = steps.slice(0, -1).reduce((node, step, at) => {
    const child = childOf(node, step, path)
    if (isCollection(child)) return child
    if (child !== undefined && !isNull(child))
      throw new Error(`\`${path}\` leads into a value that holds nothing`)
    const made = typeof steps[at + 1] === 'number' ? new YAMLSeq() : new YAMLMap()
    put(node, step, made, path)
    return made
  }, document.contents)
  put(parent, steps.at(-1), value, path)
}

/** Takes a field or an item away. */
export function removeAt(document, path) {
  const steps = stepsOf(path)
  const parent = steps.slice(0, -1).reduce((node, step) => childOf(node, step, path), document.contents)
  const at = isCollection(parent) ? indexOf(parent, steps.at(-1)) : -1
  if (at < 0) throw new Error(`there is no \`${path}\` to remove`)
  parent.items.splice(at, 1)
}

/**
 * Prepares a value of a case for a document: as a person would write it, with its scalars untouched.
 * @throws Error for aliases, whose anchors would be left behind
 */
export function asWritten(value) {
  const node = value ?? nothing()
  visit(node, {
    Alias() {
      throw new Error('aliases cannot be used in `set`: write a whole document as `text`')
    },
    Pair(_, pair) {
      pair.value ??= nothing()
    },
    Scalar(_, scalar) {
      if (scalar.type === 'PLAIN' && scalar.value === '') scalar.value = 'null'
    },
    Collection(_, collection) {
      const words = isSeq(collection) && collection.items.every((item) => isScalar(item))
      collection.flow = collection.items.length === 0 || (words && collection.flow === true)
    },
  })
  return node
}

function nothing() {
  const scalar = new Scalar('null')
  scalar.type = 'PLAIN'
  return scalar
}

const isNull = (node) => isScalar(node) && node.type === 'PLAIN' && /^(?:null|~|)$/i.test(node.value)

const keyOf = (pair) => (isScalar(pair.key) ? pair.key.value : pair.key)

function indexOf(node, step) {
  if (isMap(node) && typeof step === 'string') return node.items.findIndex((pair) => keyOf(pair) === step)
  return isSeq(node) && typeof step === 'number' && step < node.items.length ? step : -1
}

/** @returns undefined where it is absent */
function childOf(node, step, path) {
  if (isAlias(node) || !(isMap(node) || isSeq(node)))
    throw new Error(`\`${path}\` leads into a value that holds nothing`)
  if (isMap(node) !== (typeof step === 'string')) {
    throw new Error(
      `\`${path}\` has ${isMap(node) ? `an index where a map is` : `the name \`${step}\` where a list is`}`,
    )
  }
  const at = indexOf(node, step)
  if (at < 0) return undefined
  return isMap(node) ? node.items[at].value : node.items[at]
}

function put(node, step, value, path) {
  childOf(node, step, path)
  const at = indexOf(node, step)
  node.flow = false
  if (isSeq(node)) {
    if (step > node.items.length)
      throw new Error(`\`${path}\` leaves a gap: the list has ${node.items.length} items`)
    node.items[step] = value
  } else if (at >= 0) node.items[at].value = value
  else {
    const before =
      after.has(step) || last.has(step) ? -1 : node.items.findIndex((pair) => last.has(keyOf(pair)))
    node.items.splice(before < 0 ? node.items.length : before, 0, new Pair(plain(step), value))
  }
}

/** A key that is always text, also where it reads like a number. */
function plain(name) {
  const key = new Scalar(name)
  if (!/^[A-Za-z][\w./-]*$/.test(name) || /^(?:y|n|yes|no|on|off|true|false|null)$/i.test(name))
    key.type = 'QUOTE_DOUBLE'
  return key
}
