import { defineConfig } from 'vitest/config'

// Tests read the workspace's sources, so that they need no build. The files they write into temporary directories are
// left to Node's own loader.
export default defineConfig({
  ssr: { resolve: { conditions: ['daemonlint-source', 'module', 'node', 'import', 'default'] } },
  test: {
    include: ['tests/**/*.test.ts'],
    server: { deps: { external: [/daemonlint-test-/] } },
    deps: { interopDefault: false },
    // Within vitest the format that our hook gives is lost, so Node finds out by itself, and warns that it had to. The
    // command's tests hold that it never does for people.
    execArgv: ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'],
  },
})
