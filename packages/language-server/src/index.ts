export { type ServerOptions, startServer } from './server.ts'
export type { DocumentStatus } from './status.ts'
