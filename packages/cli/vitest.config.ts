import { defineConfig } from 'vitest/config'

// Tests read the workspace's sources, so that they need no build.
export default defineConfig({
  ssr: { resolve: { conditions: ['daemonlint-source', 'module', 'node', 'import', 'default'] } },
  // As the build does.
  define: { DAEMONLINT_VERSION: '"0.0.0"', DAEMONLINT_BUILD: '"tests"' },
  // The tests start the command again and again; some on the slowest of machines.
  test: { include: ['tests/**/*.test.ts'], testTimeout: 60_000 },
})
