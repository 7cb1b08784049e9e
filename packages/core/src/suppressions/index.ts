export {
  applySuppressions,
  type LintedForSuppressions,
  recordSuppressions,
  type SuppressedFile,
  type SuppressionOutcome,
} from './apply.ts'
export { checkSuppressions } from './check.ts'
export { type FileSuppressions, resourceKey, type Suppression, type Suppressions } from './suppressions.ts'
