import type { PolicyRule } from 'kubernetes-types/rbac/v1.js'
import { mistakeInLabel, mistakeInName } from '../../formats.ts'
import type { HostPathOptions } from '../../kit/mounts.ts'

export interface Port {
  name: string
  port: number
  hostPort?: number
  protocol: 'TCP' | 'UDP'
}

/** Reads `NAME=PORT[:HOSTPORT][/udp]`. @returns undefined where it is none */
export function portOf(value: string): Port | undefined {
  const [, name = '', port = '', hostPort, protocol = 'tcp'] =
    /^([a-z0-9-]+)=(\d{1,5})(?::(\d{1,5}))?(?:\/(tcp|udp))?$/i.exec(value) ?? []
  const isName =
    name.length <= 15 && mistakeInLabel(name) === undefined && /[a-z]/.test(name) && !name.includes('--')
  if (!isName || !isPort(port) || (hostPort !== undefined && !isPort(hostPort))) return undefined
  return {
    name,
    port: Number(port),
    ...(hostPort !== undefined && { hostPort: Number(hostPort) }),
    protocol: protocol.toUpperCase() as 'TCP' | 'UDP',
  }
}

function isPort(text: string): boolean {
  return /^[1-9]/.test(text) && Number(text) <= 65535
}

/** Reads `PORT[/udp]`. */
export function egressOf(value: string): { port: number; protocol: 'TCP' | 'UDP' } | undefined {
  const found = portOf(`port=${value}`)
  return found && found.hostPort === undefined ? { port: found.port, protocol: found.protocol } : undefined
}

const pathTypes = {
  directory: 'Directory',
  create: 'DirectoryOrCreate',
  file: 'File',
  socket: 'Socket',
  device: 'CharDevice',
} as const

export interface HostPath {
  path: string
  at: string
  writable: boolean
  type: NonNullable<HostPathOptions['type']>
}

/** Reads `PATH[:AT][:ro|rw][:TYPE]`, also with Windows' drives. */
export function hostPathOf(value: string): HostPath | undefined {
  const path = String.raw`(?:[A-Za-z]:[\\/]|/)[\w.\\/+@ -]*`
  const [, from, at, mode = 'ro', type = 'directory'] =
    new RegExp(`^(${path})(?::(${path}))?(?::(ro|rw))?(?::(${Object.keys(pathTypes).join('|')}))?$`).exec(
      value,
    ) ?? []
  if (from === undefined || from.split(/[\\/]/).includes('..')) return undefined
  return {
    path: from,
    at: at ?? from,
    writable: mode === 'rw',
    type: pathTypes[type as keyof typeof pathTypes],
  }
}

/** Reads `SECRET/KEY`. */
export function secretOf(value: string): { secret: string; key: string } | undefined {
  const [secret = '', key = '', ...more] = value.split('/')
  return mistakeInName(secret) === undefined &&
    /^[\w.-]{1,253}$/.test(key) &&
    !/^\.{1,2}$/.test(key) &&
    more.length === 0
    ? { secret, key }
    : undefined
}

const verbs = new Set(['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'])

/** What is wrong with rules of RBAC: a sentence, or undefined. */
export function mistakeInRules(text: string): string | undefined {
  for (const rule of partsOf(text)) {
    const [given = '', resources = '', ...more] = rule.split(/\s+/)
    const verb = given.split(',').find((one) => !verbs.has(one))
    const resource = resources
      .split(',')
      .find((one) => !/^[a-z][a-z0-9]*(\/[a-z]+)?(\.[a-z0-9-]+)*$/.test(one))
    const expected = "Expected VERBS RESOURCES, such as 'get,list pods,nodes; watch deployments.apps'"
    if (verb === '*' || resource === '*' || resources.includes('*'))
      return `'${rule}' asks for everything. Name what the daemon needs, such as 'get,list pods,nodes'`
    if (verb !== undefined) return `'${verb}' is no verb of the API. ${expected}`
    if (resource !== undefined || more.length > 0) return `'${rule}' is no rule. ${expected}`
  }
  return undefined
}

/** Reads `VERBS RESOURCES[; …]`, where a resource may have its group: `deployments.apps`. */
export function rulesOf(text: string): PolicyRule[] {
  return partsOf(text).flatMap((rule) => {
    const [given = '', resources = ''] = rule.split(/\s+/)
    const byGroup = new Map<string, string[]>()
    for (const resource of resources.split(',')) {
      const [, name = '', group = ''] = /^([^.]+)(?:\.(.+))?$/.exec(resource) ?? []
      // A part of a resource comes before the group: pods/log, deployments/scale.apps.
      byGroup.set(group, [...(byGroup.get(group) ?? []), name])
    }
    return [...byGroup].map(([group, names]) => ({
      apiGroups: [group],
      resources: names,
      verbs: given.split(','),
    }))
  })
}

function partsOf(text: string): string[] {
  return text
    .split(';')
    .map((rule) => rule.trim())
    .filter((rule) => rule !== '')
}

/** The folder and the file of a path in a container. */
export function splitPath(path: string): { folder: string; file: string } {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'))
  return { folder: path.slice(0, at), file: path.slice(at + 1) }
}

/** A name for the volume of a path: `var-log`. */
export function volumeName(path: string, taken: ReadonlySet<string>): string {
  const base =
    path
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 50)
      .replace(/-+$/, '') || 'root'
  if (!taken.has(base)) return base
  let count = 2
  while (taken.has(`${base}-${count}`)) count++
  return `${base}-${count}`
}
