import { defineConfig } from 'vitest/config'

// Tests read the workspace's sources, so that they need no build.
export default defineConfig({
  ssr: { resolve: { conditions: ['daemonlint-source', 'module', 'node', 'import', 'default'] } },
  // Some start processes of their own, and the machine may be busy.
  test: { include: ['tests/**/*.test.ts'], testTimeout: 60_000 },
})
