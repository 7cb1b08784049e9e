// What the command takes, for whoever describes it.
export { presets } from '../presets/index.ts'
export { ownFlags } from './arguments.ts'
export { answerFlags, type Flag } from './flags.ts'
