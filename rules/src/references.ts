/** Which resources name which others, for editors: what the rules across resources know. */
export { mayBeSame, namespaceOf } from './utils/accounts.ts'
export { sharesNamespace } from './utils/found.ts'
export { bindingKinds, isBinding, roleRefOf, subjectsOf } from './utils/rbac.ts'
export { isClusterWide, makersOf, type NamedResource, namedBy, nameMadeBy } from './utils/references.ts'
export { labelMapAt, labelSelectorAt, type PodSelector, selectedAround } from './utils/selectors.ts'
export { workloadKinds } from './utils/template.ts'
