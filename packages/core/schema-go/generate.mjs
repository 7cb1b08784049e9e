// Writes src/schema/kubernetes.generated.json: every field of every version of the workloads, in one schema.
// Run by hand (it needs Go and its module proxy): node packages/core/schema-go/generate.mjs
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const target = join(here, '../src/schema/kubernetes.generated.json')

// The newest patch release of each minor when this was last run; patches change no fields.
const releases = ['0.29.15', '0.30.14', '0.31.14', '0.32.13', '0.33.13', '0.34.13', '0.35.10', '0.36.6']
const versions = releases.map((release) => release.replace(/^0\.(\d+)\..*/, '1.$1'))

const roots = {
  DaemonSet: 'apps/v1',
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  ReplicaSet: 'apps/v1',
  ReplicationController: 'v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
  Pod: 'v1',
}

/** The structs of one release, as main.go prints them. */
function reflect(release) {
  const folder = mkdtempSync(join(tmpdir(), 'schema-go-'))
  try {
    for (const file of ['main.go', 'go.mod']) cpSync(join(here, file), join(folder, file))
    const go = (...args) => execFileSync('go', args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 })
    go('mod', 'edit', `-require=k8s.io/api@v${release}`, `-require=k8s.io/apimachinery@v${release}`)
    go('mod', 'tidy')
    return JSON.parse(go('run', '.'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

// struct -> field -> { type, first, last }, where first and last are indexes of versions
const merged = new Map()
releases.forEach((release, index) => {
  for (const { name, fields } of reflect(release)) {
    if (!merged.has(name)) merged.set(name, new Map())
    const known = merged.get(name)
    for (const { name: field, type } of fields) {
      const entry = known.get(field)
      if (entry === undefined) known.set(field, { type, first: index, last: index })
      else if (entry.type !== type)
        throw new Error(`${name}.${field} was ${entry.type}, is ${type} in ${release}`)
      else if (entry.last !== index - 1) throw new Error(`${name}.${field} went and came back in ${release}`)
      else entry.last = index
    }
  }
  console.log(`${versions[index]}: read`)
})

// A field of a struct that itself came or went in the same version says nothing new.
const structs = {}
for (const name of [...merged.keys()].sort()) {
  const fields = [...merged.get(name)]
  const first = Math.min(...fields.map(([, field]) => field.first))
  const last = Math.max(...fields.map(([, field]) => field.last))
  structs[name] = {}
  for (const [field, entry] of fields) {
    const since = entry.first === first ? undefined : versions[entry.first]
    const until = entry.last === last ? undefined : versions[entry.last]
    structs[name][field] = until ? [entry.type, since ?? '', until] : since ? [entry.type, since] : entry.type
  }
}

const schema = {
  generated: 'by packages/core/schema-go/generate.mjs from the Go structs of k8s.io/api; do not edit',
  versions,
  roots,
}
const line = (value) => JSON.stringify(value)
const text = [
  '{',
  ...Object.entries(schema).map(([key, value]) => `${line(key)}: ${line(value)},`),
  '"structs": {',
  Object.entries(structs)
    .map(([name, fields]) => `${line(name)}: ${line(fields)}`)
    .join(',\n'),
  '}',
  '}',
  '',
].join('\n')
writeFileSync(target, text)
console.log(`${Object.keys(structs).length} structs, ${text.length} characters`)
