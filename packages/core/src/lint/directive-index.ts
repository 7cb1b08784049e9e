import { groupBy } from '../group-by.ts'
import type { Manifest } from '../parse/tree.ts'
import type { Problem } from '../problem.ts'
import type { AnnotationUnit, DirectiveUnit, FoundDirectives } from './apply-directives.ts'

/** The directives and the annotations that fit a finding, each list in the order of the text. */
export interface Fitting {
  /** From where they stand on. */
  block: readonly DirectiveUnit[]
  /** For a line. */
  line: readonly DirectiveUnit[]
  annotated: readonly AnnotationUnit[]
}

/** What is disabled from an offset on, until the next state of the same rule. */
interface State {
  offset: number
  open: readonly DirectiveUnit[]
}

/**
 * Finds what fits a finding without looking through all directives of the file for each: files of thousands of
 * documents, each with its directive, are not rare.
 */
export function indexDirectives({ units, annotationUnits }: FoundDirectives): (problem: Problem) => Fitting {
  const lines = groupBy(units, ({ line }) => line)
  const blocks = lines.get(undefined) ?? []
  const annotations = groupBy(annotationUnits, ({ annotation }) => annotation.manifest)
  const states = new Map<string, State[]>()

  function statesOf(ruleId: string): State[] {
    let known = states.get(ruleId)
    if (!known) {
      known = statesFor(blocks.filter((unit) => speaksOf(unit, ruleId)))
      states.set(ruleId, known)
    }
    return known
  }

  return ({ position, ruleId, manifest, container }) => ({
    block: blocks.length > 0 ? openAt(statesOf(ruleId), position.start.offset ?? 0) : [],
    line: (lines.get(position.start.line) ?? []).filter((unit) => speaksOf(unit, ruleId)),
    annotated: annotationsOf(annotations, manifest).filter(
      ({ entry }) =>
        (entry.ruleId === 'all' || entry.ruleId === ruleId) &&
        (entry.container === undefined || entry.container === container),
    ),
  })
}

const speaksOf = ({ ruleId }: DirectiveUnit, id: string): boolean => ruleId === undefined || ruleId === id

const annotationsOf = (map: ReadonlyMap<Manifest, AnnotationUnit[]>, manifest: Manifest | undefined) =>
  (manifest && map.get(manifest)) ?? []

/** @param units the `disable` and `enable` that speak of one rule, in the order of the text */
function statesFor(units: readonly DirectiveUnit[]): State[] {
  const states: State[] = []
  let open: readonly DirectiveUnit[] = []
  for (const unit of units) {
    // Who disables again gives the reason anew; a file that does so in each document would else collect them all.
    const others = open.filter(({ ruleId }) => ruleId !== unit.ruleId)
    open = unit.directive.type === 'enable' ? [] : [...others, unit]
    states.push({ offset: unit.directive.comment.position.start.offset ?? 0, open })
  }
  return states
}

/** The last state that begins at or before an offset. */
function openAt(states: readonly State[], offset: number): readonly DirectiveUnit[] {
  let low = 0
  let high = states.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (states[middle]!.offset <= offset) low = middle + 1
    else high = middle
  }
  return states[low - 1]?.open ?? []
}
