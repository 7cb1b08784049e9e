import type { Control, Violation } from './types.ts'

/** The controls as people call them. */
const controls: Readonly<Record<Control, string>> = {
  hostProcess: 'host processes',
  hostNamespaces: 'namespaces of the node',
  privileged: 'privileged containers',
  capabilities: 'capabilities',
  hostPathVolumes: 'host paths',
  hostPorts: 'ports of the node',
  probeHosts: 'hosts in probes and hooks',
  appArmor: 'AppArmor profiles',
  seLinux: 'SELinux options',
  procMount: 'an unmasked /proc',
  seccomp: 'seccomp profiles',
  sysctls: 'unsafe sysctls',
  volumeTypes: 'kinds of volumes',
  privilegeEscalation: 'privilege escalation',
  runAsNonRoot: 'running as root',
  runAsUser: 'running as root',
}

/** Names the controls that violations are of, each once, with the first field that violates it. */
export function describeViolations(violations: readonly Violation[]): string {
  const first = new Map<string, string>()
  for (const { control, node, path } of violations) {
    const name = controls[control]
    if (!first.has(name)) first.set(name, node.field(...path))
  }
  const parts = [...first].map(([name, field]) => `${name} (\`${field}\`)`)
  return parts.length > 3 ? `${parts.slice(0, 3).join(', ')} and ${parts.length - 3} more` : parts.join(', ')
}
