/** For what editors show of a manifest while it is typed: what linting knows, of texts that cannot be linted yet. */
export { type ParsedQuantity, parseQuantity } from './apiserver/formats/quantities.ts'
export {
  containerResourcePaths,
  envFieldPaths,
  volumeFieldPaths,
} from './apiserver/validation/field-selectors.ts'
export { groupBy } from './group-by.ts'
export { disableAnnotation } from './lint/annotation.ts'
export { directiveTypes, readDirective } from './lint/directives.ts'
export {
  type Disabling,
  disableByAnnotation,
  disableFile,
  disableLine,
  type Linted,
} from './lint/disable.ts'
export { emptyProject } from './lint/project.ts'
export { createSurroundings, type Surroundings } from './lint/surroundings.ts'
export { unusedDirective } from './lint/unused-directives.ts'
export { workloadOf, workloads } from './parse/build.ts'
export { printPath } from './parse/field.ts'
export { lineStarts } from './parse/lines.ts'
export { resolvePlain } from './parse/resolve.ts'
export { type Chunk, splitDocuments } from './parse/split.ts'
export { valueAt } from './parse/value.ts'
export { isQuantity } from './schema/quantity.ts'
export {
  elementOf,
  type Field,
  type FieldType,
  isStruct,
  type Struct,
  structOf,
  versionsWithout,
} from './schema/structs.ts'
export { trustsShape } from './schema/trust.ts'
