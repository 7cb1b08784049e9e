import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

const known = new Map<string, boolean>()

/** Whether a file stands among the templates of a Helm chart, whose YAML is whole only once they are rendered. */
export function isChartTemplate(path: string): boolean {
  return isTemplates(dirname(path))
}

function isTemplates(directory: string): boolean {
  let answer = known.get(directory)
  if (answer === undefined) {
    const parent = dirname(directory)
    answer =
      (basename(directory) === 'templates' && existsSync(join(parent, 'Chart.yaml'))) ||
      (parent !== directory && isTemplates(parent))
    known.set(directory, answer)
  }
  return answer
}
