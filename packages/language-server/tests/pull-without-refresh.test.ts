import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { startClient } from './client.ts'

it('sends diagnostics to a client that asks for them but cannot be told to ask again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'daemonlint-pull-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const client = await startClient({ capabilities: { textDocument: { diagnostic: {} } } })
  expect(client.result.capabilities.diagnosticProvider).toBeUndefined()
  const uri = pathToFileURL(join(folder, 'agent.yaml')).href
  client.open(uri, 'apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: agent }\nspec: { replicas: 1 }\n')
  const codes = (await client.diagnostics(uri, 1)).map(({ code }) => code)
  expect(codes).toContain('api-server/no-replicas')

  writeFileSync(join(folder, 'daemonlint.config.yaml'), 'ignores: ["**"]\n')
  const before = client.pushed.length
  const config = pathToFileURL(join(folder, 'daemonlint.config.yaml')).href
  client.open(config, 'ignores: ["**"]\n')
  await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri: config } })
  await client.until(() =>
    client.pushed.slice(before).some((one) => one.uri === uri && one.diagnostics.length === 0),
  )
})
