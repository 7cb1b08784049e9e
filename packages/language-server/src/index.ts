export { type ServerOptions, startServer } from './server.ts'
export type { Snapshot } from './snapshot.ts'
export type { DocumentStatus } from './status.ts'
