export type { CommonAnswers } from './common-questions.ts'
export { definePreset } from './define.ts'
export { ScaffoldError } from './errors.ts'
export * from './kit/env.ts'
export * from './kit/mounts.ts'
export * from './kit/probes.ts'
export * from './kit/security.ts'
export { type Output, outputs } from './outputs/names.ts'
export { presets } from './presets/index.ts'
export * from './questions.ts'
export {
  type Scaffolded,
  type ScaffoldedFile,
  type ScaffoldOptions,
  type ScaffoldRequest,
  scaffold,
} from './scaffold.ts'
export { type Sink, type SinkAnswers, type SinkParts, sinkParts, sinkQuestions } from './sinks.ts'
export type * from './types.ts'
