export { type Judgement, type JudgeOptions, judge } from './judge.ts'
export { type RejectionMeta, rejections } from './rejections.ts'
