export {
  applySuppressions,
  type LintedForSuppressions,
  passOver,
  recordSuppressions,
  type SeenResources,
  type SuppressedFile,
  type SuppressionOutcome,
  seenResources,
  type Whereabouts,
} from './apply.ts'
export { checkSuppressions } from './check.ts'
export type { FileSuppressions, Suppression, Suppressions } from './suppressions.ts'
