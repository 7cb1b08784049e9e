import type { PodSpec, WindowsSecurityContextOptions } from '../../schema/decoded.generated.ts'
import { excerpt } from '../../text/excerpt.ts'
import type { Validation } from '../check.ts'
import { eachContainer } from '../each-container.ts'
import type { Field } from '../field.ts'
import { byteLength } from '../formats/bytes.ts'
import { dnsSubdomainFault, nearDnsSubdomain } from '../formats/names.ts'
import { windowsUserFault } from '../formats/windows-user.ts'
import type { RejectionTable } from '../rejection-meta.ts'

export const windowsOptionsRejections = {
  'gmsa-credential-spec': {
    description: 'Refuses a GMSA credential spec that is empty, too large, or has no valid name',
    messages: {
      name: '`{{value}}` cannot be the name of a GMSACredentialSpec: {{fault}}.',
      choose: 'Write `{{choice}}`.',
      empty: '`gmsaCredentialSpec` is empty: write the credential spec, or leave it out and name one.',
      large: '`gmsaCredentialSpec` has {{size}} bytes, and at most 65536 are allowed.',
    },
    hasSuggestions: true,
  },
  'windows-user-name': {
    description: 'Refuses a Windows user name that Windows could not have',
    messages: { name: '`{{value}}` is no Windows user name, `USER` or `DOMAIN\\USER`: {{fault}}.' },
  },
  'host-process': {
    description: 'Refuses host process containers beside others, or without the network of the node',
    messages: {
      differs: '`hostProcess` is `{{value}}` here and `{{pod}}` for the pod, and both must agree.',
      agree: 'Write `{{pod}}`.',
      mixed:
        'Some containers are host processes and some are not: a pod has either, so `hostProcess: true` belongs to the pod.',
      hostNetwork: 'Host processes use the network of their node, so the pod needs `hostNetwork: true`.',
      setHostNetwork: 'Set `hostNetwork: true`.',
    },
    hasSuggestions: true,
  },
} satisfies RejectionTable

/** k8s.io/kubernetes pkg/apis/core/validation: validateWindowsSecurityContextOptions. */
export function validateWindowsSettings(
  validation: Validation,
  options: WindowsSecurityContextOptions | null | undefined,
  parent: Field,
): void {
  if (!options) return
  const field = parent.child('windowsOptions')
  validateCredentialSpec(validation, options, field)
  const { runAsUserName } = options
  if (runAsUserName === null || runAsUserName === undefined) return
  const fault = windowsUserFault(runAsUserName)
  if (fault === undefined) return
  const data = { value: excerpt(runAsUserName), fault }
  validation.report({ id: 'windows-user-name', at: field.child('runAsUserName'), messageId: 'name', data })
}

function validateCredentialSpec(
  validation: Validation,
  { gmsaCredentialSpecName: name, gmsaCredentialSpec: text }: WindowsSecurityContextOptions,
  field: Field,
): void {
  const id = 'gmsa-credential-spec'
  const fault = name === null || name === undefined ? undefined : dnsSubdomainFault(name)
  if (fault) {
    const at = field.child('gmsaCredentialSpecName')
    const choice = nearDnsSubdomain(name!)
    validation.report({
      id,
      at,
      messageId: 'name',
      data: { value: excerpt(name!), fault },
      ...(choice && {
        suggest: [{ messageId: 'choose', data: { choice }, fix: (fixer) => fixer.set(at.path, choice) }],
      }),
    })
  }
  if (text === null || text === undefined) return
  const at = field.child('gmsaCredentialSpec')
  if (text === '') validation.report({ id, at, messageId: 'empty' })
  else if (text.length * 3 > 65536) {
    const size = byteLength(text)
    if (size > 65536) validation.report({ id, at, messageId: 'large', data: { size } })
  }
}

/** k8s.io/kubernetes pkg/apis/core/validation: validateWindowsHostProcessPod. */
export function validateWindowsOptions(validation: Validation, spec: PodSpec, pod: Field): void {
  const ofPod = spec.securityContext?.windowsOptions?.hostProcess
  const podField = pod.child('securityContext', 'windowsOptions', 'hostProcess')
  let all = 0
  let hostProcesses = 0
  let last: Field | undefined
  eachContainer(spec, pod, (container, field) => {
    all++
    const own = container.securityContext?.windowsOptions?.hostProcess
    if (own ?? ofPod) hostProcesses++
    if (own === null || own === undefined) return
    const at = field.child('securityContext', 'windowsOptions', 'hostProcess')
    if (own) last = at
    if (ofPod === null || ofPod === undefined || own === ofPod) return
    validation.report({
      id: 'host-process',
      at,
      needs: [podField],
      messageId: 'differs',
      data: { value: String(own), pod: String(ofPod) },
      suggest: [
        {
          messageId: 'agree',
          data: { pod: String(ofPod) },
          fix: (fixer) => fixer.set(at.path, ofPod),
        },
      ],
    })
  })
  if (hostProcesses === 0) return
  const at = ofPod ? podField : last!
  if (hostProcesses !== all) {
    const needs = [podField, pod.child('containers'), pod.child('initContainers')]
    validation.report({ id: 'host-process', at, field: pod, needs, messageId: 'mixed' })
  }
  if (spec.hostNetwork === true) return
  const hostNetwork = pod.child('hostNetwork')
  validation.report({
    id: 'host-process',
    at,
    field: hostNetwork,
    needs: [hostNetwork],
    messageId: 'hostNetwork',
    suggest: [{ messageId: 'setHostNetwork', fix: (fixer) => fixer.set(hostNetwork.path, true) }],
  })
}
