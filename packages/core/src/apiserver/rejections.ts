/** Everything the API server is known to refuse or to warn of, by the last part of its id. */

import { decodingRejections } from './decoding-rejections.ts'
import type { RejectionMeta } from './rejection-meta.ts'
import { appArmorAnnotationsRejections } from './validation/app-armor-annotations.ts'
import { containerImageRejections } from './validation/container-image.ts'
import { containerNamesRejections } from './validation/container-names.ts'
import { containerPortsRejections } from './validation/container-ports.ts'
import { containerResourcesRejections } from './validation/container-resources.ts'
import { containerRestartRejections } from './validation/container-restart.ts'
import { daemonSetSpecRejections } from './validation/daemon-set-spec.ts'
import { deprecatedAnnotationRejections } from './validation/deprecated-annotation.ts'
import { deprecatedLabelKeysRejections } from './validation/deprecated-label-keys.ts'
import { deprecatedNodeSelectorRejections } from './validation/deprecated-node-selector.ts'
import { dnsRejections } from './validation/dns.ts'
import { envRejections } from './validation/env.ts'
import { envFromRejections } from './validation/env-from.ts'
import { ephemeralContainersRejections } from './validation/ephemeral-containers.ts'
import { fieldSelectorsRejections } from './validation/field-selectors.ts'
import { fileKeyRefRejections } from './validation/file-key-ref.ts'
import { finalizersRejections } from './validation/finalizers.ts'
import { handlersRejections } from './validation/handlers.ts'
import { hostAliasesRejections } from './validation/host-aliases.ts'
import { hostNamespacesRejections } from './validation/host-namespaces.ts'
import { hostPortsRejections } from './validation/host-ports.ts'
import { hostnameOverrideRejections } from './validation/hostname-override.ts'
import { initContainerProbeRejections } from './validation/init-container-probe.ts'
import { ipAddressesRejections } from './validation/ip-addresses.ts'
import { keyRefsRejections } from './validation/key-refs.ts'
import { labelSelectorRejections } from './validation/label-selector.ts'
import { labelsRejections } from './validation/labels.ts'
import { lifecycleRejections } from './validation/lifecycle.ts'
import { managedFieldsRejections } from './validation/managed-fields.ts'
import { matchLabelKeysRejections } from './validation/match-label-keys.ts'
import { nodeAffinityRejections } from './validation/node-affinity.ts'
import { nodeFieldsRejections } from './validation/node-fields.ts'
import { nullLabelSelectorRejections } from './validation/null-label-selector.ts'
import { objectMetaRejections } from './validation/object-meta.ts'
import { ownerReferencesRejections } from './validation/owner-references.ts'
import { podAffinityRejections } from './validation/pod-affinity.ts'
import { podMiscRejections } from './validation/pod-misc.ts'
import { podNamesRejections } from './validation/pod-names.ts'
import { podOsRejections } from './validation/pod-os.ts'
import { podResourcesRejections } from './validation/pod-resources.ts'
import { podSchedulingRejections } from './validation/pod-scheduling.ts'
import { podSecurityContextRejections } from './validation/pod-security-context.ts'
import { portWarningsRejections } from './validation/port-warnings.ts'
import { probesRejections } from './validation/probes.ts'
import { profileMismatchRejections } from './validation/profile-mismatch.ts'
import { resizePolicyRejections } from './validation/resize-policy.ts'
import { resourceClaimsRejections } from './validation/resource-claims.ts'
import { restartPolicyRejections } from './validation/restart-policy.ts'
import { seccompAnnotationsRejections } from './validation/seccomp-annotations.ts'
import { securityContextRejections } from './validation/security-context.ts'
import { securityProfilesRejections } from './validation/security-profiles.ts'
import { selectorMatchesTemplateRejections } from './validation/selector-matches-template.ts'
import { sysctlsRejections } from './validation/sysctls.ts'
import { templateAnnotationsRejections } from './validation/template-annotations.ts'
import { templateGenerationRejections } from './validation/template-generation.ts'
import { terminationMessageRejections } from './validation/termination-message.ts'
import { tolerationAnnotationRejections } from './validation/toleration-annotation.ts'
import { tolerationsRejections } from './validation/tolerations.ts'
import { topologySpreadRejections } from './validation/topology-spread.ts'
import { topologySpreadUniqueRejections } from './validation/topology-spread-unique.ts'
import { updateStrategyRejections } from './validation/update-strategy.ts'
import { userIdsRejections } from './validation/user-ids.ts'
import { volumeDevicesRejections } from './validation/volume-devices.ts'
import { volumeMountsRejections } from './validation/volume-mounts.ts'
import { azureDiskRejections } from './validation/volumes/azure-disk.ts'
import { cloudVolumesRejections } from './validation/volumes/cloud.ts'
import { iscsiVolumesRejections } from './validation/volumes/iscsi.ts'
import { legacyVolumesRejections } from './validation/volumes/legacy.ts'
import { networkVolumesRejections } from './validation/volumes/network.ts'
import { removedVolumesRejections } from './validation/volumes/removed.ts'
import { volumesRejections } from './validation/volumes.ts'
import { weightRejections } from './validation/weight.ts'
import { windowsOptionsRejections } from './validation/windows-options.ts'

export type { RejectionMeta } from './rejection-meta.ts'

/** What is refused or warned of, by what it is about. */
export const rejectionAreas = {
  'Text, kinds, fields and types': decodingRejections,
  Metadata: {
    ...objectMetaRejections,
    ...labelsRejections,
    ...ownerReferencesRejections,
    ...finalizersRejections,
    ...managedFieldsRejections,
    ...templateGenerationRejections,
  },
  'Selector and rollout': {
    ...selectorMatchesTemplateRejections,
    ...labelSelectorRejections,
    ...daemonSetSpecRejections,
    ...updateStrategyRejections,
  },
  Containers: {
    ...containerNamesRejections,
    ...containerImageRejections,
    ...containerRestartRejections,
    ...restartPolicyRejections,
    ...terminationMessageRejections,
    ...ephemeralContainersRejections,
  },
  Ports: {
    ...containerPortsRejections,
    ...hostPortsRejections,
    ...portWarningsRejections,
  },
  Environment: {
    ...envRejections,
    ...envFromRejections,
    ...fieldSelectorsRejections,
    ...keyRefsRejections,
    ...fileKeyRefRejections,
  },
  'Probes and hooks': {
    ...probesRejections,
    ...handlersRejections,
    ...lifecycleRejections,
    ...initContainerProbeRejections,
  },
  Resources: {
    ...containerResourcesRejections,
    ...podResourcesRejections,
    ...resizePolicyRejections,
    ...resourceClaimsRejections,
  },
  Volumes: {
    ...volumesRejections,
    ...networkVolumesRejections,
    ...iscsiVolumesRejections,
    ...cloudVolumesRejections,
    ...azureDiskRejections,
    ...legacyVolumesRejections,
    ...removedVolumesRejections,
  },
  'Mounts and devices': {
    ...volumeMountsRejections,
    ...volumeDevicesRejections,
  },
  'Names, DNS and hosts': {
    ...podNamesRejections,
    ...hostnameOverrideRejections,
    ...dnsRejections,
    ...hostAliasesRejections,
    ...ipAddressesRejections,
    ...hostNamespacesRejections,
    ...podOsRejections,
    ...podMiscRejections,
  },
  Scheduling: {
    ...podSchedulingRejections,
    ...deprecatedNodeSelectorRejections,
    ...tolerationsRejections,
    ...tolerationAnnotationRejections,
    ...nodeAffinityRejections,
    ...nodeFieldsRejections,
    ...podAffinityRejections,
    ...weightRejections,
    ...matchLabelKeysRejections,
    ...topologySpreadRejections,
    ...topologySpreadUniqueRejections,
    ...nullLabelSelectorRejections,
    ...deprecatedLabelKeysRejections,
  },
  Security: {
    ...podSecurityContextRejections,
    ...securityContextRejections,
    ...securityProfilesRejections,
    ...userIdsRejections,
    ...sysctlsRejections,
    ...windowsOptionsRejections,
  },
  'Annotations with a meaning': {
    ...templateAnnotationsRejections,
    ...seccompAnnotationsRejections,
    ...appArmorAnnotationsRejections,
    ...profileMismatchRejections,
    ...deprecatedAnnotationRejections,
  },
}

type Areas = typeof rejectionAreas

/** The last part of an id: `unknown-field` of `api-server/unknown-field`. */
export type RejectionId = { [Area in keyof Areas]: keyof Areas[Area] }[keyof Areas]

/** By the last part of the id. */
export const rejections: Record<RejectionId, RejectionMeta> = Object.assign(
  {},
  ...Object.values(rejectionAreas),
)
