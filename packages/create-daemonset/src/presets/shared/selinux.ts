import { confirm } from '../../questions.ts'
import type { Agent, Keep } from '../../types.ts'

/** Of presets that read or write what belongs to the node, as the key `selinux`. */
export const seLinuxQuestion = confirm({
  message: 'Do the nodes enforce SELinux?',
  help: 'The nodes enforce SELinux: it runs as spc_t, which may read and write what belongs to the node',
  seldom: true,
  default: false,
})

/** For the pages of these presets. */
export const seLinuxNote =
  'Where the nodes enforce SELinux (RHEL, Fedora …), say --selinux: as other containers are confined there, it could neither read nor write what belongs to the node.'

/**
 * The agent as it is, or with a type of SELinux that may use folders of the node. All its containers get it, since they
 * share folders.
 */
export function forSeLinux({ selinux }: { selinux: boolean }, agent: Agent): Agent {
  if (!selinux) return agent
  const { pod, why } = agent
  return {
    ...agent,
    pod: { ...pod, securityContext: { ...pod?.securityContext, seLinuxOptions: { type: 'spc_t' } } },
    why: {
      ...why,
      'securityContext.seLinuxOptions': 'Other types may not use folders of the node.',
    },
  }
}

/**
 * The finding that stays where another type might do.
 * @param reason why the type for readers of logs does not
 */
export function keepSeLinux(
  { selinux }: { selinux: boolean },
  reason = 'it also writes to the node, which container_logreader_t may not',
): Keep[] {
  return selinux ? [{ rule: 'se-linux-options', path: 'securityContext.seLinuxOptions.type', reason }] : []
}
