import type { CreateNodeOptions, DocumentOptions, ParseOptions, ScalarTag, SchemaOptions } from 'yaml'
import { resolvePlain, type ScalarType } from './resolve.ts'

/** `yaml` asks only for `.test()`, so that the resolver itself can answer instead of a pattern. */
const testFor = (type: ScalarType) =>
  ({ test: (text: string) => resolvePlain(text).type === type }) as unknown as RegExp

const scalarTag = (
  type: ScalarType,
  identify: (value: unknown) => boolean,
  name: string = type,
): ScalarTag => ({
  tag: `tag:yaml.org,2002:${name}`,
  default: true,
  test: testFor(type),
  identify,
  resolve: (text) => resolvePlain(text).value,
})

const binary: ScalarTag = {
  tag: 'tag:yaml.org,2002:binary',
  default: false,
  identify: () => false,
  resolve: (text) => text,
}

/**
 * How `yaml` has to be set up to read what Kubernetes reads. Neither of its own versions does: this agrees with
 * go-yaml on scalars; what else differs is checked in `decode.ts` and `strictness.ts`.
 */
export const yamlOptions = {
  version: '1.1',
  schema: 'failsafe',
  merge: true,
  resolveKnownTags: false,
  uniqueKeys: false,
  prettyErrors: false,
  keepSourceTokens: false,
  logLevel: 'silent',
  customTags: (tags) => [
    scalarTag('null', (value) => value === null),
    scalarTag('bool', (value) => typeof value === 'boolean'),
    scalarTag('int', (value) => typeof value === 'bigint' || Number.isInteger(value)),
    scalarTag('float', (value) => typeof value === 'number'),
    binary,
    ...tags,
  ],
} as const satisfies ParseOptions &
  DocumentOptions &
  SchemaOptions &
  CreateNodeOptions & { customTags: unknown }
