/** What a command needs of its process; loads nothing else of this package. */
export { stackOf, textOf } from '../errors.ts'
export { conclude, type GuardOptions, guardProcess } from './guard.ts'
export { oneLine, say, wantsColor, writeFully } from './terminal.ts'
