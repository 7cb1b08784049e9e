export { type DaemonlintPlugin, plugin as default } from './plugin.ts'
