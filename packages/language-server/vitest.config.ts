import { defineConfig } from 'vitest/config'

// Tests read the workspace's sources, so that they need no build.
export default defineConfig({
  ssr: { resolve: { conditions: ['daemonlint-source', 'module', 'node', 'import', 'default'] } },
  // Some tests start the command; some on the slowest of machines.
  test: { include: ['tests/**/*.test.ts'], testTimeout: 60_000 },
})
