import type { Problem } from '../problem.ts'

/** How often the same may be said of one place: more than anyone reads. */
const most = 10

/**
 * Makes the function that adds problems to a list, save those that an alias or a merge multiplies: a hundred faults of
 * a container that a thousand others take over would be a hundred thousand. The same message at the same place of the
 * text is added ten times, each with the field of one of its uses; nothing is mended by the rest that these do not mend.
 */
export function withoutRepeats(problems: Problem[]): (problem: Problem) => void {
  const places = new Map<number | undefined, Map<string, number>>()
  return (problem) => {
    const { offset } = problem.position.start
    let said = places.get(offset)
    if (!said) {
      said = new Map()
      places.set(offset, said)
    }
    const what = `${problem.ruleId} ${problem.position.end.offset} ${problem.message}`
    const times = said.get(what) ?? 0
    said.set(what, times + 1)
    if (times < most) problems.push(problem)
  }
}
