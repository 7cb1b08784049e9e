import type { DaemonSetNode } from '../parse/tree.ts'
import type { RejectionReport } from './rejection-report.ts'

/** What a check of the API server's validation is given. */
export interface CheckContext {
  /** The DaemonSet; every value in it has the type that its field takes. */
  node: DaemonSetNode
  /** The versions the manifest is for, oldest first. */
  kubernetesVersions: readonly string[]
  /** Reports something that the server refuses; `path` is from the DaemonSet's root, as the server prints it. */
  report(descriptor: RejectionReport): void
}

/** One area of the server's validation. It runs only where the structure can be trusted. */
export type Check = (context: CheckContext) => void
