export type { Check, CheckContext } from './check.ts'
export { type Judgement, type JudgeOptions, judge } from './judge.ts'
export { type RejectionId, type RejectionMeta, rejections } from './rejections.ts'
