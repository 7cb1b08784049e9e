import { agentKinds } from './utils/known-agents.ts'

const texts = { type: 'array', items: { type: 'string', minLength: 1 }, uniqueItems: true }

/** JSON Schemas of the settings that the rules read. docs/configuration.md tells what they are for. */
export const settings = {
  agents: {
    type: 'array',
    items: {
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1 },
        kinds: { type: 'array', items: { enum: agentKinds }, uniqueItems: true },
        images: { ...texts, minItems: 1 },
        tailsLogs: { type: 'boolean' },
        writesVarLog: { type: 'boolean' },
        onlyServes: { type: 'boolean' },
        asksApiServer: { type: 'boolean' },
        needsGoMemoryLimit: { type: 'boolean' },
        providesNetwork: { type: 'boolean' },
        runsIptables: { type: 'boolean' },
        updatesAtOnce: { type: 'boolean' },
        offersDevices: { type: 'boolean' },
        rereadsConfiguration: { type: 'boolean' },
      },
      required: ['name', 'kinds', 'images'],
      additionalProperties: false,
    },
  },
  cluster: {
    type: 'object',
    properties: {
      os: { enum: ['linux', 'windows'] },
      controlPlaneNodes: { type: 'boolean' },
      virtualNodes: { type: 'boolean' },
    },
    additionalProperties: false,
  },
  clusters: {
    type: 'object',
    additionalProperties: { ...texts, minItems: 1 },
  },
}
