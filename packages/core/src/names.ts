/** What names the API server takes, for whoever makes some; loads nothing else of the engine. */
export {
  dnsLabelFault,
  dnsSubdomainFault,
  labelValueFault,
  qualifiedNameFault,
} from './apiserver/formats/names.ts'
