/** For rules that look for slips in names; loads nothing else of the engine. */
export { editDistance } from './text/distance.ts'
