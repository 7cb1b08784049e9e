import { movingTags } from '@daemonlint/rules/images'

/** An image by its digest, or by a tag that does not move. */
const image = {
  type: 'object',
  required: ['repository'],
  additionalProperties: false,
  properties: {
    repository: { type: 'string', pattern: '^[\\w.-]+(:[0-9]+)?(/[a-z0-9._-]+)*$' },
    tag: { type: 'string', pattern: '^(\\w[\\w.-]{0,127})?$', description: 'A version that does not move' },
    digest: { type: 'string', pattern: '^(sha256:[a-f0-9]{64})?$' },
  },
  anyOf: [
    { required: ['digest'], properties: { digest: { minLength: 1 } } },
    {
      required: ['tag'],
      properties: {
        tag: {
          minLength: 1,
          allOf: [
            { not: { pattern: movingTags.source } },
            { not: { pattern: '^(stable|v?[0-9]{1,3})(-[a-z].*)?$' } },
          ],
        },
      },
    },
  ],
}

const quantity = {
  type: ['string', 'number'],
  pattern: '^[0-9]*[1-9][0-9.]*(m|k|M|G|T|[KMGT]i)?$',
  exclusiveMinimum: 0,
}
const quantities = { type: 'object', additionalProperties: quantity }
const count = { type: ['string', 'integer'], pattern: '^(100|[0-9]{1,2})%$', minimum: 0 }

const known: Record<string, object> = {
  image,
  resources: {
    type: 'object',
    required: ['requests', 'limits'],
    additionalProperties: false,
    properties: {
      requests: { ...quantities, required: ['cpu', 'memory'] },
      limits: { ...quantities, required: ['memory'] },
    },
  },
  updateStrategy: {
    type: 'object',
    required: ['type'],
    additionalProperties: false,
    properties: {
      type: { enum: ['RollingUpdate', 'OnDelete'] },
      rollingUpdate: {
        type: ['object', 'null'],
        additionalProperties: false,
        properties: { maxUnavailable: count, maxSurge: count },
      },
    },
  },
  minReadySeconds: { type: 'integer', minimum: 0 },
  terminationGracePeriodSeconds: { type: 'integer', minimum: 0 },
  priorityClassName: { type: 'string' },
  nodeSelector: { type: 'object', additionalProperties: { type: 'string' } },
  affinity: { type: 'object' },
  imagePullSecrets: {
    type: 'array',
    items: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
  },
  tolerations: { type: 'array', items: { type: 'object' } },
  args: { type: 'array', items: { type: 'string' } },
  env: {
    type: 'array',
    items: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
  },
  config: { type: 'object', additionalProperties: { type: 'string' } },
}

/** A JSON Schema of a chart's values: what Helm checks before it installs. */
export function schemaOf(values: Record<string, unknown>): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    ...propertiesOf(values, { global: { type: 'object' } }),
  }
}

function propertiesOf(values: Record<string, unknown>, more: Record<string, object> = {}): object {
  const properties = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      known[key] ?? { type: 'object', ...propertiesOf(value as Record<string, unknown>) },
    ]),
  )
  const required = Object.keys(values).filter((key) => key === 'image' || key === 'resources')
  // A misspelt value would be passed over in silence.
  return { required, additionalProperties: false, properties: { ...properties, ...more } }
}
