export { configs, plugin as default } from './plugin.ts'
export { type Preset, presets } from './presets.ts'
export { rules } from './rules.generated.ts'
