/** Tags that move: what a release installs would depend on the day. */
const movingTags = '^(latest|stable|main|master|develop|edge|nightly|canary|snapshot)$'

const image = {
  type: 'object',
  required: ['repository'],
  additionalProperties: false,
  properties: {
    repository: { type: 'string', minLength: 1 },
    tag: { type: 'string', not: { pattern: movingTags }, description: 'A version that does not move' },
    digest: { type: 'string', pattern: '^(sha256:[a-f0-9]{64})?$' },
  },
}

const quantity = { type: ['string', 'number'] }
const quantities = { type: 'object', additionalProperties: quantity }

const known: Record<string, object> = {
  image,
  resources: {
    type: 'object',
    required: ['requests', 'limits'],
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
        properties: {
          maxUnavailable: { type: ['string', 'integer'] },
          maxSurge: { type: ['string', 'integer'] },
        },
      },
    },
  },
  minReadySeconds: { type: 'integer', minimum: 0 },
  terminationGracePeriodSeconds: { type: 'integer', minimum: 0 },
  priorityClassName: { type: 'string' },
  nodeSelector: { type: 'object', additionalProperties: { type: 'string' } },
  affinity: { type: 'object' },
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
    ...propertiesOf(values),
    additionalProperties: true,
  }
}

function propertiesOf(values: Record<string, unknown>): object {
  const properties = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      known[key] ?? { type: 'object', ...propertiesOf(value as Record<string, unknown>) },
    ]),
  )
  return { required: Object.keys(values).filter((key) => key === 'image' || key === 'resources'), properties }
}
