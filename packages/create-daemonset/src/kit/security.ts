import type { SecurityContext } from 'kubernetes-types/core/v1.js'

/** A user without rights, who can write nothing in the image and gain nothing: what `restricted` asks for. */
export function unprivileged(user?: number): SecurityContext {
  return {
    runAsNonRoot: true,
    ...(user !== undefined && { runAsUser: user, runAsGroup: user }),
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  }
}

/**
 * The user root with no capability but those named. What belongs to root it reads and writes as its owner; everything
 * else is closed to it as to any user.
 */
export function rootWith(...capabilities: string[]): SecurityContext {
  return {
    runAsUser: 0,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'], ...(capabilities.length > 0 && { add: capabilities }) },
  }
}

/** All rights on the node. The other fields would have no effect beside it. */
export function privileged(options: { readOnlyRootFilesystem?: boolean } = {}): SecurityContext {
  return { privileged: true, readOnlyRootFilesystem: options.readOnlyRootFilesystem ?? true }
}
