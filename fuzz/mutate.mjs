// The mutations of one mutant. They come from its generator alone, so that they can be repeated, and say what they do.
import { clone } from './edits.mjs'
import { operators } from './operators.mjs'
import { render } from './render.mjs'
import { sitesOf } from './schema.mjs'
import { textMutation } from './text.mjs'

const untouchable = new Set(['DaemonSet', 'DaemonSet.apiVersion', 'DaemonSet.kind'])

/**
 * @param random the mutant's own generator
 * @param textShare how many of a hundred mutations are of the text
 * @returns {{ label: string, apply?(document: object): void, applyText?(text: string): string }[]} one to three
 */
export function mutationsFor(random, document, textShare) {
  const count = random.weighted([
    [1, 64],
    [2, 26],
    [3, 10],
  ])
  const draft = clone(document)
  const mutations = []
  let sites = sitesFor(draft)
  for (let tries = 0; mutations.length < count && tries < 30; tries++) {
    const ofText = random.next() * 100 < textShare
    const mutation = ofText ? textMutation(random) : random.weighted(operators)(random, sites, draft)
    if (!mutation) continue
    mutations.push(mutation)
    if (!mutation.apply || mutations.length === count) continue
    mutation.apply(draft)
    sites = sitesFor(draft)
  }
  return mutations
}

function sitesFor(document) {
  const sites = sitesOf(document).filter(({ name }) => !untouchable.has(name))
  return { sites }
}

/** The mutant of a seed. */
export function textOf(base, mutations) {
  const document = clone(base.value)
  for (const { apply } of mutations) apply?.(document)
  let text = render(document)
  for (const { applyText } of mutations) if (applyText) text = applyText(text)
  // The server reads bytes, which cannot hold half a character.
  return text.toWellFormed()
}
