import { defineConfig } from 'vitest/config'

// Tests read the workspace's sources, so that they need no build.
export default defineConfig({
  ssr: { resolve: { conditions: ['daemonlint-source', 'module', 'node', 'import', 'default'] } },
  test: { maxWorkers: '100%', include: ['tests/**/*.test.ts'] },
})
