import { type Kustomization, kustomizationOf } from './kustomization.ts'
import { asList, asRecord } from './shape.ts'
import { parseDocuments } from './yaml.ts'

/**
 * What the files of `transformers:` say, as the fields of a kustomization that mean the same. Transformers that
 * kustomize does not bring along are passed over.
 * @param text one file, of one or more documents
 */
export function parseTransformers(text: string): Kustomization[] {
  return parseDocuments(text, 'failsafe').flatMap((value) => {
    const fields = fieldsOf(asRecord(value) ?? {})
    return fields ? [kustomizationOf(fields)] : []
  })
}

function fieldsOf(value: Record<string, unknown>): Record<string, unknown> | undefined {
  switch (value.kind) {
    case 'ImageTagTransformer':
      return { images: [value.imageTag] }
    case 'NamespaceTransformer':
      return { namespace: asRecord(value.metadata)?.namespace }
    case 'PrefixSuffixTransformer':
      return { namePrefix: value.prefix, nameSuffix: value.suffix }
    case 'PrefixTransformer':
      return { namePrefix: value.prefix }
    case 'SuffixTransformer':
      return { nameSuffix: value.suffix }
    case 'LabelTransformer':
      return { commonLabels: value.labels }
    case 'AnnotationsTransformer':
      return { commonAnnotations: value.annotations }
    case 'ReplicaCountTransformer':
      return { replicas: [value.replica] }
    case 'ReplacementTransformer':
      return { replacements: value.replacements }
    case 'PatchTransformer':
      return { patches: [value] }
    case 'PatchJson6902Transformer':
      return { patches: [{ ...value, patch: value.jsonOp }] }
    case 'PatchStrategicMergeTransformer':
      return {
        patchesStrategicMerge: [...asList(value.paths), ...(value.patches ? [`${value.patches}\n`] : [])],
      }
    default:
      return undefined
  }
}
