export { type AppliedFixes, applyEdits, mergeEdits } from './edits.ts'
export { createFixer } from './fixer.ts'
export { type FixableResult, type FixOptions, type FixResult, fixText } from './passes.ts'
