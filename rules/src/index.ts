export { configs, plugin as default } from './plugin.ts'
export { rules } from './rules.generated.ts'
