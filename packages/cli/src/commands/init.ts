import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemReason } from '@daemonlint/node'
import { UsageError } from '../usage-error.ts'

const name = 'daemonlint.config.yaml'
const others = ['js', 'mjs', 'cjs', 'ts', 'json', 'yml'].map((extension) => `daemonlint.config.${extension}`)

const text = `# daemonlint rules lists the rules; daemonlint explain RULE says what one asks for, and why.
- extends:
    - daemonlint/recommended
    # for what hardens and what keeps rollouts going: daemonlint/security, daemonlint/reliability
    # for what an agent is: daemonlint/log-agents, daemonlint/monitoring-agents, daemonlint/network-agents,
    #   daemonlint/storage-agents, daemonlint/security-agents
    # for all of it and more: daemonlint/strict
  rules:
    image-tag: warn # off, info, warn or error

# The Kubernetes versions that the manifests are for (default: the newest known), and what the clusters are like.
# - settings:
#     kubernetesVersion: ['1.31', '1.33']
#     cluster: { os: linux, controlPlaneNodes: false }

# An exception for one resource, with the reason for it.
# - resources:
#     - kind: DaemonSet
#       name: node-exporter
#   rules:
#     memory-limit: off
#   reason: Its memory is bounded by the number of disks.
`

/**
 * Writes a small configuration into a folder, and says so.
 * @throws UsageError where one exists, or the folder takes none
 */
export function init(folder: string): string {
  const found = [name, ...others].find((other) => existsSync(join(folder, other)))
  if (found) throw new UsageError(`${found} exists already, and is left as it is.`)
  try {
    writeFileSync(join(folder, name), text, { flag: 'wx' })
  } catch (error) {
    throw new UsageError(`${name} cannot be written here: ${systemReason(error)}.`)
  }
  return `Wrote ${name}.\n`
}
