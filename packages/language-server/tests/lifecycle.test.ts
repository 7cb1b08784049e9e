import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { agent, folderOf, root, startClient, uriOf } from './client.ts'

const command = join(root, 'node_modules/.bin/daemonlint')

test('says what it can do, and lints what is opened', async () => {
  const client = await startClient()
  expect(client.result.serverInfo?.name).toBe('daemonlint')
  expect(client.result.capabilities).toMatchObject({
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: 2, save: { includeText: false } },
  })
  const uri = uriOf(join(folderOf({}), 'agent.yaml'))
  client.open(uri, agent)
  const found = await client.diagnostics(uri, 1)
  expect(found.find(({ code }) => code === 'image-tag')).toMatchObject({
    range: { start: { line: 15, character: 17 }, end: { line: 15, character: 34 } },
    severity: 2,
    source: 'daemonlint',
  })
})

test('ends with 0 after shutdown, and with 1 without', async () => {
  const good = await startClient()
  await good.connection.sendRequest('shutdown')
  await good.connection.sendNotification('exit')
  expect(await good.exited).toBe(0)
  const bad = await startClient()
  await bad.connection.sendNotification('exit')
  expect(await bad.exited).toBe(1)
  const gone = await startClient()
  gone.process.stdin!.end()
  expect(await gone.exited).toBe(1)
})

test('ends when the process that started it is gone', async () => {
  const parent = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 1e6)'])
  const client = await startClient({ initialize: false })
  await client.connection.sendRequest('initialize', {
    processId: parent.pid,
    rootUri: null,
    capabilities: {},
  })
  parent.kill('SIGKILL')
  expect(await client.exited).toBe(1)
})

test('wants to be told how it is spoken to', () => {
  for (const args of [['lsp'], ['lsp', '--stdio', '--socket=3'], ['lsp', 'a.yaml']]) {
    const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', input: '' })
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^daemonlint: lsp .*daemonlint lsp --stdio\n$/)
  }
})

test('answers nothing before it is initialized', async () => {
  const client = await startClient({ initialize: false })
  await expect(client.connection.sendRequest('textDocument/diagnostic', {})).rejects.toThrow(/initialize/)
})
