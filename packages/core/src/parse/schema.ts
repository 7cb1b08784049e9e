import { type DocumentOptions, type ParseOptions, Schema, type SchemaOptions } from 'yaml'

/**
 * How `yaml` is set up. Its schema leaves every scalar a string: neither of its own versions reads what Kubernetes
 * reads, so `decode.ts` resolves scalars itself, from their `source`, as go-yaml does.
 */
export const composeOptions = {
  version: '1.1',
  // One for all documents, for it is made anew otherwise.
  schema: new Schema({ schema: 'failsafe', merge: true, resolveKnownTags: false }),
  merge: true,
  uniqueKeys: false,
  prettyErrors: false,
  keepSourceTokens: false,
  logLevel: 'silent',
} as const satisfies ParseOptions & DocumentOptions & SchemaOptions
