import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** What makes a folder a chart. */
export const chartFile = 'Chart.yaml'

const known = new Map<string, boolean>()

/** To be called when a chart came or went. */
export function forgetCharts(): void {
  known.clear()
}

/** Whether a file stands among the templates of a Helm chart, whose YAML is whole only once they are rendered. */
export function isChartTemplate(path: string): boolean {
  return isTemplates(dirname(path))
}

function isTemplates(directory: string): boolean {
  let answer = known.get(directory)
  if (answer === undefined) {
    const parent = dirname(directory)
    answer =
      (basename(directory) === 'templates' && existsSync(join(parent, chartFile))) ||
      (parent !== directory && isTemplates(parent))
    known.set(directory, answer)
  }
  return answer
}
