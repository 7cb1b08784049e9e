export { type ServerOptions, startServer } from './server.ts'
export type { Settings } from './settings.ts'
export type { DocumentStatus } from './status.ts'
