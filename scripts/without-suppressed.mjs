// node scripts/without-suppressed.mjs FILE   takes suppressed findings out of a report in SARIF
// GitHub's code scanning does not read `suppressions`: it would open an alert for each.
import { readFileSync, writeFileSync } from 'node:fs'

const [file] = process.argv.slice(2)
const log = JSON.parse(readFileSync(file, 'utf8'))
for (const run of log.runs)
  run.results = run.results.filter(({ suppressions = [] }) => suppressions.length === 0)
writeFileSync(file, `${JSON.stringify(log)}\n`)
