/** For whoever looks for slips in names; loads nothing else of the engine. */
export { editDistance } from './text/distance.ts'
export { didYouMean, nearest } from './text/nearest.ts'
