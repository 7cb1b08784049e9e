export type * from '@daemonlint/core'
export { defineConfig, defineRule } from '@daemonlint/core/define'
