/** What every start of the command reads, and what programs import. */
import { resolve } from 'node:path'
import { build, type PluginBuild } from 'esbuild'
import { expect, it } from 'vitest'
import * as library from '../src/index.ts'

const source = resolve(import.meta.dirname, '../src')

it('starts without the linter, its schemas, its rules and the prompts', async () => {
  const { metafile } = await build({
    entryPoints: [resolve(source, 'cli/main.ts')],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    metafile: true,
    platform: 'node',
    target: 'node20.12',
    conditions: ['daemonlint-source', 'module'],
    mainFields: ['module', 'main'],
    logLevel: 'silent',
    plugins: [{ name: 'on-demand', setup: leaveOut }],
  })
  const [output] = Object.values(metafile.outputs)
  const inputs = Object.entries(output!.inputs).flatMap(([name, { bytesInOutput }]) =>
    bytesInOutput > 0 ? [name] : [],
  )
  const unwanted = /core\/src\/(lint|schema)\/|rules\/src\/rules\/|@clack/
  expect(inputs.filter((name) => unwanted.test(name))).toEqual([])
  expect(inputs.length).toBeGreaterThan(50)
  expect(output!.bytes).toBeLessThan(600_000)
})

/** What is imported when it is needed is no part of a start. */
function leaveOut({ onResolve }: PluginBuild) {
  onResolve({ filter: /./ }, ({ kind, path }) =>
    kind === 'dynamic-import' ? { path, external: true } : undefined,
  )
}

it('exports what it says it does', () => {
  expect(Object.keys(library).sort()).toMatchInlineSnapshot(`
    [
      "ScaffoldError",
      "configMount",
      "confirm",
      "definePreset",
      "every",
      "exec",
      "fieldEnv",
      "goMemoryLimit",
      "hostPath",
      "http",
      "httpProbes",
      "list",
      "mountedAt",
      "number",
      "outputs",
      "presets",
      "privileged",
      "rootWith",
      "scaffold",
      "scratch",
      "secretEnv",
      "secretMount",
      "select",
      "sinkParts",
      "sinkQuestions",
      "text",
      "unprivileged",
    ]
  `)
})
