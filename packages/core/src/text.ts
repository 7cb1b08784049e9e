/** For whoever looks for slips in names, or shows the pages of rules; loads nothing else of the engine. */
export { editDistance } from './text/distance.ts'
export { didYouMean, nearest } from './text/nearest.ts'
export { pageBody, plainPage } from './text/page.ts'
