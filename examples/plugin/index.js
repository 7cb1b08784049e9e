import namespaceOwner from './rules/namespace-owner.js'
import registry from './rules/registry.js'

export default {
  meta: { name: 'daemonlint-plugin-house', version: '1.0.0' },
  rules: {
    'namespace-owner': namespaceOwner,
    registry,
  },
  // `extends: house/recommended`, once the plugin is registered as `house`
  configs: {
    recommended: {
      rules: {
        'house/namespace-owner': 'info',
        'house/registry': 'warn',
      },
    },
  },
  // What the rules read from `settings`, so that a misspelt setting is an error.
  settings: {
    house: {
      type: 'object',
      properties: { registries: { type: 'array', items: { type: 'string' } } },
      additionalProperties: false,
    },
  },
}
