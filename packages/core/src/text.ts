/** For whoever looks at names; loads nothing else of the engine. */
export {
  dnsLabelFault,
  dnsSubdomainFault,
  labelValueFault,
  qualifiedNameFault,
} from './apiserver/formats/names.ts'
export { editDistance } from './text/distance.ts'
export { didYouMean, nearest } from './text/nearest.ts'
