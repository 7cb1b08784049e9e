import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../usage-error.ts'

const name = 'daemonlint.config.yaml'
const others = ['js', 'mjs', 'cjs', 'ts', 'json', 'yml'].map((extension) => `daemonlint.config.${extension}`)

const text = `# What each rule asks for: daemonlint rules, daemonlint explain RULE
- extends: daemonlint/recommended # or daemonlint/strict
  settings:
    # The Kubernetes versions that the manifests are for, such as '1.31' or ['1.29', '1.31']. Default: the newest known.
    # kubernetesVersion: '1.31'
  rules:
    # image-tag: error
    # memory-limit: off

# An exception for one resource, with the reason for it:
# - resources:
#     - kind: DaemonSet
#       name: node-exporter
#   rules:
#     host-network-dns: off
#   reason: It never resolves a name.
`

/**
 * Writes a small configuration into a folder, and says so.
 * @throws UsageError where one exists
 */
export function init(folder: string): string {
  const found = [name, ...others].find((other) => existsSync(join(folder, other)))
  if (found) throw new UsageError(`${found} exists already, and is left as it is.`)
  writeFileSync(join(folder, name), text, { flag: 'wx' })
  return `Wrote ${name}.\n`
}
