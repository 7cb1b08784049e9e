import { archLabels, type NodeCondition, osLabels } from './node-selection.ts'

/** Present on Windows nodes alone. https://kubernetes.io/docs/reference/labels-annotations-taints/ */
const windowsBuild = 'node.kubernetes.io/windows-build'

/**
 * How people write what kubelets write as Go has it, GOOS and GOARCH; a kubelet sets these labels anew when it starts.
 * pkg/kubelet/kubelet_node_status.go, initialNode and updateDefaultLabels.
 */
const misspelt: Record<'os' | 'arch', Record<string, string>> = {
  os: { Linux: 'linux', LINUX: 'linux', Windows: 'windows', WINDOWS: 'windows', win: 'windows' },
  arch: {
    x86_64: 'amd64',
    'x86-64': 'amd64',
    x64: 'amd64',
    AMD64: 'amd64',
    aarch64: 'arm64',
    armv8: 'arm64',
    arm64v8: 'arm64',
    ARM64: 'arm64',
    armhf: 'arm',
    armv7: 'arm',
    armv7l: 'arm',
    i386: '386',
    i686: '386',
    ppc64el: 'ppc64le',
  },
}

/** What kubelets write in the place of the only value that a condition asks for; undefined where it may be right. */
export function misspeltValue({ key, operator, values }: NodeCondition): string | undefined {
  const [value, ...others] = values
  if (operator !== 'In' || value === undefined || others.length > 0 || key === windowsBuild) return undefined
  if (osLabels.includes(key)) return own(misspelt.os, value)
  return archLabels.includes(key) ? own(misspelt.arch, value) : undefined
}

function own(table: Record<string, string>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}

/** Of more conditions on one label not every pair is looked at; nobody writes as many. */
const mostCompared = 20

/** Two conditions that no node meets together; undefined where there may be such a node. */
export function findConflict(
  conditions: readonly NodeCondition[],
): [NodeCondition, NodeCondition] | undefined {
  const byLabel = new Map<string, NodeCondition[]>()
  for (const condition of conditions) {
    const label = labelOf(condition.key)
    const others = byLabel.get(label) ?? []
    const other = others.find((one) => exclude(one, condition))
    if (other) return [other, condition]
    if (others.length < mostCompared) others.push(condition)
    byLabel.set(label, others)
  }
  const build = byLabel.get(windowsBuild)?.find(wantsLabel)
  const system = byLabel.get('kubernetes.io/os')?.find((one) => exclude(one, windowsOnly))
  return build && system && [system, build]
}

const windowsOnly: NodeCondition = {
  key: 'kubernetes.io/os',
  operator: 'In',
  values: ['windows'],
  path: [],
}

/** The name that a label has today; kubelets give both the same value. */
function labelOf(key: string): string {
  return key === 'beta.kubernetes.io/os' || key === 'beta.kubernetes.io/arch'
    ? key.slice('beta.'.length)
    : key
}

/** True when a node without the label does not meet a condition. */
function wantsLabel({ operator }: NodeCondition): boolean {
  return ['In', 'Exists', 'Gt', 'Lt'].includes(operator)
}

/** True when no value of the label, nor its absence, meets both. */
function exclude(first: NodeCondition, second: NodeCondition): boolean {
  if (first.operator === 'DoesNotExist') return wantsLabel(second)
  if (second.operator === 'DoesNotExist') return wantsLabel(first)
  if (second.operator === 'In' && first.operator !== 'In') return exclude(second, first)
  if (first.operator === 'In') return !first.values.some(meetsOf(second))
  if (first.operator === 'Lt' && second.operator === 'Gt') return exclude(second, first)
  if (first.operator === 'Gt' && second.operator === 'Lt') {
    const [low, high] = [integer(first.values[0]), integer(second.values[0])]
    return low !== undefined && high !== undefined && low + 1 >= high
  }
  return false
}

/** Tells whether a label of some value meets a condition, or may do so. */
function meetsOf({ operator, values }: NodeCondition): (value: string) => boolean {
  const listed = new Set(values)
  const bound = integer(values[0])
  const compared = (is: (number: number, bound: number) => boolean) => (value: string) => {
    const number = integer(value)
    return bound === undefined || (number !== undefined && is(number, bound))
  }
  switch (operator) {
    case 'In':
      return (value) => listed.has(value)
    case 'NotIn':
      return (value) => !listed.has(value)
    case 'Gt':
      return compared((number, low) => number > low)
    case 'Lt':
      return compared((number, high) => number < high)
    default:
      return () => true
  }
}

function integer(text: string | undefined): number | undefined {
  return text !== undefined && /^[+-]?\d{1,15}$/.test(text) ? Number(text) : undefined
}

/** A condition as a message names it. */
export function describeCondition({ key, operator, values, path }: NodeCondition): string {
  if (path[1] === 'os') return `\`spec.os.name: ${values[0]}\``
  if (path.at(-1) === key) return `\`${key}: ${values[0]}\``
  if (values.length === 0) return `\`${key} ${operator}\``
  return operator === 'Gt' || operator === 'Lt'
    ? `\`${key} ${operator} ${values[0]}\``
    : `\`${key} ${operator} [${values.join(', ')}]\``
}
