import type { ContainerNode, Path } from '@daemonlint/core'
import { hooks, probes, wordsAt } from './handlers.ts'
import { scriptIndexOf } from './shell.ts'

/** A `$(NAME)` as Kubernetes reads it. */
export interface EnvReference {
  name: string
  path: Path
  /** Where it stands: each place knows other variables. */
  place: 'command' | 'env' | 'subPathExpr' | 'probe' | 'hook'
  /** In `env`, the place of the variable whose value it is part of. */
  index?: number
  /** In a shell's script, where `$(date)` is a command. */
  script: boolean
}

/** All `$(NAME)` of a container that are known in full, and may be meant for variables. */
export function envReferencesOf(container: ContainerNode): EnvReference[] {
  const { value } = container
  const commands = (list: Path, place: 'command' | 'probe' | 'hook') => {
    const words = wordsAt(container, ...list) ?? []
    // What follows the script is the script's own arguments.
    const script = scriptIndexOf(words)
    return words.flatMap((word, at) =>
      referencesIn(word, at === script || /[\s;|]/.test(word)).map((one) => ({
        ...one,
        path: [...list, at],
        place,
      })),
    )
  }
  const env = (value.env ?? []).flatMap((variable, index) => {
    const path = ['env', index, 'value']
    if (typeof variable?.value !== 'string' || container.isUnknown(...path)) return []
    return referencesIn(variable.value, false).map((one) => ({ ...one, path, place: 'env' as const, index }))
  })
  const mounts = (value.volumeMounts ?? []).flatMap((mount, index) => {
    const path = ['volumeMounts', index, 'subPathExpr']
    if (typeof mount?.subPathExpr !== 'string' || container.isUnknown(...path)) return []
    return referencesIn(mount.subPathExpr, false).map((one) => ({
      ...one,
      path,
      place: 'subPathExpr' as const,
    }))
  })
  return [
    ...commands(['command'], 'command'),
    ...commands(['args'], 'command'),
    ...env,
    ...mounts,
    ...probes.flatMap((probe) => commands([probe, 'exec', 'command'], 'probe')),
    ...hooks.flatMap((hook) => commands(['lifecycle', hook, 'exec', 'command'], 'hook')),
  ]
}

/** `$$` stands for a dollar sign: tryReadVariableName in third_party/forked/golang/expansion/expand.go. */
function referencesIn(text: string, script: boolean): { name: string; script: boolean }[] {
  return [...closedPartOf(text).matchAll(/\$\$|(\\?)\$\(([^)]*)\)/g)].flatMap(([, backslash, name = '']) => {
    // In a script only what is written as variables are: `$(hostname)` is a command.
    const isName = (script ? /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/ : /^[A-Za-z_][A-Za-z0-9_]*$/).test(name)
    return isName && !backslash ? [{ name, script }] : []
  })
}

/** A text up to its last `)`: behind it no `$(` is closed, and each of many would be looked for to the end. */
export const closedPartOf = (text: string): string => text.slice(0, text.lastIndexOf(')') + 1)

/** True for what Kubernetes itself declares for every Service, and for the API server. pkg/kubelet/envvars */
export function isServiceVariable(name: string): boolean {
  return /_SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)$|_PORT(_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?$/.test(name)
}

/** The field of the pod that a variable of this name is usually made of. */
export function fieldPathFor(name: string): string | undefined {
  return fields.find(([pattern]) => pattern.test(name))?.[1]
}

const fields: readonly (readonly [RegExp, string])[] = [
  [/^((K8S|KUBE|KUBERNETES|MY)_)?NODE_?NAME$/, 'spec.nodeName'],
  [/^((K8S|KUBE|KUBERNETES|MY)_)?POD_?NAME$/, 'metadata.name'],
  [/^((K8S|KUBE|KUBERNETES|MY)_)?(POD_?)?NAMESPACE$/, 'metadata.namespace'],
  [/^((K8S|KUBE|KUBERNETES|MY)_)?POD_?UID$/, 'metadata.uid'],
  [/^((K8S|KUBE|KUBERNETES|MY)_)?POD_?IP$/, 'status.podIP'],
  [/^((K8S|KUBE|KUBERNETES|MY)_)?(HOST|NODE)_?IP$/, 'status.hostIP'],
]
