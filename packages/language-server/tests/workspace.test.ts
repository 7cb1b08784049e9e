import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createWorkspace } from '../src/workspace.ts'
import { agent, type Client, type ClientOptions, folderOf, startClient, uriOf, write } from './client.ts'

const rule = 'missing-reference'
const manifest = agent.replace('      containers:', '      serviceAccountName: agent\n      containers:')
const account = (name: string) => `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n`
const files = {
  'daemonlint.config.yaml': `rules:\n  ${rule}: [warn, { complete: true }]\n`,
  'kustomization.yaml': 'resources: [agent.yaml, account.yaml]\n',
  'account.yaml': account('other'),
}
const watching = { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } }

const last = (client: Client, uri: string) =>
  client.pushed
    .filter((one) => one.uri === uri)
    .at(-1)
    ?.diagnostics.map(({ code }) => code)
const until = (client: Client, uri: string, codes: string[]) =>
  client.until(() => JSON.stringify(last(client, uri)) === JSON.stringify(codes), `${codes} in ${uri}`)

async function start(options: ClientOptions = {}) {
  const folder = folderOf(files)
  const client = await startClient({ folders: [folder], ...options })
  const uri = uriOf(join(folder, 'agent.yaml'))
  client.open(uri, manifest)
  const path = (name: string) => join(folder, name)
  const told = (name: string, type: number) =>
    client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOf(path(name)), type }],
    })
  return { client, uri, path, told }
}

describe('files around an open one', () => {
  it('count as they are on disk, and what changes there is seen', async () => {
    const { client, uri, path, told } = await start({ capabilities: watching })
    await until(client, uri, [rule])
    write(path('account.yaml'), account('agent'))
    await told('account.yaml', 2)
    await until(client, uri, [])
    write(path('kustomization.yaml'), 'resources: [agent.yaml]\nnamespace: x\n')
    await told('kustomization.yaml', 2)
    write(path('account.yaml'), account('agents'))
    await told('account.yaml', 2)
    await until(client, uri, [rule])
  })

  it('come and go', async () => {
    const { client, uri, path, told } = await start({ capabilities: watching })
    await until(client, uri, [rule])
    write(path('kustomization.yaml'), 'resources: [agent.yaml, more.yaml]\n')
    await told('kustomization.yaml', 2)
    write(path('more.yaml'), account('agent'))
    await told('more.yaml', 1)
    await until(client, uri, [])
    rmSync(path('more.yaml'))
    await told('more.yaml', 3)
    await until(client, uri, [rule])
  })

  it('are looked at again on save, where the client watches nothing', async () => {
    const { client, uri, path } = await start()
    await until(client, uri, [rule])
    write(path('account.yaml'), account('agent'))
    await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri } })
    await until(client, uri, [])
    rmSync(path('account.yaml'))
    await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri } })
    await until(client, uri, [rule])
  })

  it('are looked at again while somebody types, where the client watches nothing', async () => {
    const { client, uri, path } = await start()
    await until(client, uri, [rule])
    write(path('account.yaml'), account('agent'))
    await new Promise((done) => setTimeout(done, 2100))
    client.change(uri, 2, `${manifest}# typed\n`)
    await until(client, uri, [])
  })

  it('count as they are in the editor while they are open', async () => {
    const { client, uri, path } = await start({ capabilities: watching })
    await until(client, uri, [rule])
    const other = uriOf(path('account.yaml'))
    client.open(other, account('agent'))
    await until(client, uri, [])
    client.change(other, 2, account('agents'))
    await until(client, uri, [rule])
    client.change(other, 3, account('agent'))
    await until(client, uri, [])
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: other } })
    await until(client, uri, [rule])
  })

  it('count only where they are open, outside of all workspace folders', async () => {
    const { client, uri, path } = await start({ folders: [] })
    await until(client, uri, [rule])
    write(path('account.yaml'), account('agent'))
    await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri } })
    await until(client, uri, [rule])
    client.open(uriOf(path('kustomization.yaml')), files['kustomization.yaml'])
    client.open(uriOf(path('account.yaml')), account('agent'))
    await until(client, uri, [])
  })

  it('count from the folder that is added', async () => {
    const { client, uri, path } = await start({
      folders: [],
      capabilities: { workspace: { workspaceFolders: true } },
    })
    await until(client, uri, [rule])
    write(path('account.yaml'), account('agent'))
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [{ uri: uriOf(path('.')), name: 'it' }], removed: [] },
    })
    await until(client, uri, [])
  })
})

describe('a folder of many files', () => {
  const many = Object.fromEntries(
    Array.from({ length: 2000 }, (_, index) => [`${index % 50}/${index}.yaml`, account(`agent-${index}`)]),
  )

  it('is looked through in slices', async () => {
    const folder = folderOf(many)
    const workspace = createWorkspace({
      path: folder,
      cwd: folder,
      ignores: { ignoresFile: () => false, ignoresDirectory: () => false },
      openText: () => undefined,
      openFiles: () => [],
    })
    let turns = 0
    let done = false
    const count = () => {
      turns++
      if (!done) setImmediate(count)
    }
    setImmediate(count)
    const told: number[] = []
    expect(await workspace.index((files) => told.push(files))).toBe(true)
    done = true
    expect(turns).toBeGreaterThan(3)
    expect(told).toEqual([...told].sort((a, b) => a - b))
    const query = { kinds: ['ServiceAccount'], text: 'agent-1999', scope: 'run' as const }
    const clusters = { basePath: undefined, globs: {} }
    const ask = () => workspace.live.project.resources!(join(folder, 'x.yaml'), query, clusters)
    expect(ask()).toEqual([])
    expect(await workspace.settle()).toBe(true)
    expect(ask().map(({ manifest }) => manifest.name)).toEqual(['agent-1999'])
    expect(await workspace.settle()).toBe(false)
  })

  it('keeps nobody from typing', async () => {
    const folder = folderOf({ ...files, ...many })
    const client = await startClient({
      folders: [folder],
      capabilities: { window: { workDoneProgress: true } },
    })
    const uri = uriOf(join(folder, 'agent.yaml'))
    client.open(uri, manifest)
    for (let version = 2; version < 50; version++) {
      client.change(uri, version, `${manifest}# ${version}\n`)
      await client.diagnostics(uri, version)
    }
    await until(client, uri, [rule])
  })
})
