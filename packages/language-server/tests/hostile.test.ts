/** Whatever comes, the server answers or says that it declines, in a bounded time, and lives. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { agent, type Client, folderOf, root, startClient, uriOf } from './client.ts'

/** The server still lints, and its process is the same. */
async function expectAlive(client: Client) {
  const uri = `untitled:alive-${Math.random()}`
  client.open(uri, agent)
  expect((await client.diagnostics(uri, 1)).length).toBeGreaterThan(0)
  expect(client.process.exitCode).toBeNull()
}

const bomb = (levels: number) =>
  [
    'kind: DaemonSet\napiVersion: apps/v1\na0: &a0 [x, x, x, x, x, x, x, x, x]',
    ...Array.from(
      { length: levels },
      (_, index) => `a${index + 1}: &a${index + 1} [${`*a${index}, `.repeat(9)}]`,
    ),
  ].join('\n')

describe('hostile documents', () => {
  const cases: Record<string, [text: string, code: string | undefined]> = {
    'an alias bomb': [bomb(12), 'api-server/too-complex'],
    '10 MiB': [`${agent}#${'x'.repeat(10 * 2 ** 20)}`, 'daemonlint/declined'],
    '1,000 levels deep, block': [
      `kind: DaemonSet\n${Array.from({ length: 1000 }, (_, index) => `${' '.repeat(index)}a:`).join('\n')}`,
      'api-server/too-complex',
    ],
    '1,000 levels deep, flow': [`kind: DaemonSet\na: ${'['.repeat(1000)}`, 'api-server/too-complex'],
    '100,000 documents': ['kind: DaemonSet\n---\n'.repeat(100_000), 'daemonlint/declined'],
    '3,000 bad documents': [
      'kind: DaemonSet\napiVersion: apps/v1\nspecs: 1\n---\n'.repeat(3_000),
      'api-server/unknown-field',
    ],
    'thousands of findings': [`${agent}---\n`.repeat(2_000), 'daemonlint/declined'],
    'NUL bytes': [agent.replace('agent', 'a\0gent'), 'api-server/yaml-syntax'],
    'lone surrogates': [agent.replace('name: agent', 'name: \ud800agent\udc00'), undefined],
    nothing: ['', undefined],
    'line breaks of all kinds': [agent.replace('\n', '\r\n').replace('spec:\n', 'spec:\r'), undefined],
  }
  it.each(Object.entries(cases))('%s', async (_, [text, code]) => {
    const client = await startClient()
    const uri = 'untitled:hostile'
    client.open(uri, text)
    const found = await client.diagnostics(uri, 1)
    if (code !== undefined) expect(found.map((one) => one.code)).toContain(code)
    client.change(uri, 2, `${text} `)
    await client.diagnostics(uri, 2)
    await expectAlive(client)
  })
})

describe('hostile clients', () => {
  it('send what no client should', async () => {
    const client = await startClient()
    const send = (method: string, params: object) => client.connection.sendNotification(method, params)
    client.open('untitled:a', agent)
    await send('textDocument/didChange', {
      textDocument: { uri: 'untitled:a', version: 2 },
      contentChanges: [
        { range: { start: { line: -5, character: -1 }, end: { line: 1e9, character: 1e9 } }, text: 'x' },
      ],
    })
    await send('textDocument/didChange', {
      textDocument: { uri: 'untitled:none', version: 2 },
      contentChanges: [],
    })
    await send('textDocument/didChange', { textDocument: { uri: 'untitled:a' } })
    await send('textDocument/didClose', { textDocument: { uri: 'untitled:none' } })
    await send('textDocument/didOpen', {
      textDocument: { uri: 'file://host/%zz', languageId: 'yaml', version: 1, text: agent },
    })
    await send('textDocument/didOpen', {
      textDocument: { uri: 'not a uri', languageId: 'yaml', version: 1, text: agent },
    })
    await send('workspace/didChangeWatchedFiles', { changes: [{ uri: 'x:y', type: 9 }, {}] })
    await send('workspace/didChangeConfiguration', { settings: 7 })
    await expect(client.connection.sendRequest('no/such', {})).rejects.toThrow()
    await expectAlive(client)
  })
})

test('describes and completes nothing in what it declines to read', async () => {
  const client = await startClient()
  const textDocument = { uri: 'untitled:long' }
  client.open(textDocument.uri, `${agent}${'x: y\n'.repeat(2 ** 22)}`)
  await client.diagnostics(textDocument.uri, 1)
  const started = performance.now()
  const params = { textDocument, position: { line: 1000, character: 1 } }
  expect(await client.connection.sendRequest('textDocument/hover', params)).toBeNull()
  expect(await client.connection.sendRequest('textDocument/completion', params)).toBeNull()
  expect(performance.now() - started).toBeLessThan(2000)
})

test('lints hundreds of open documents in the time that they take, and answers meanwhile', async () => {
  const texts = Array.from({ length: 300 }, (_, index) => agent.replaceAll('agent', `agent-${index}`))
  const folder = folderOf(Object.fromEntries(texts.map((text, index) => [`${index}.yaml`, text])))
  const client = await startClient({ folders: [folder] })
  const uris = texts.map((_, index) => uriOf(join(folder, `${index}.yaml`)))
  for (const [index, uri] of uris.entries()) client.open(uri, texts[index]!)
  await client.until(() => new Set(client.pushed.map(({ uri }) => uri)).size === uris.length)
  // Each once or twice: what is open as it is on the disk changes nothing for the others.
  expect(client.pushed.length).toBeLessThan(3 * uris.length)
  client.connection.sendNotification('workspace/didChangeConfiguration', {
    settings: { daemonlint: { kubernetesVersion: '1.30' } },
  })
  const before = client.pushed.length
  await client.connection.sendRequest('textDocument/hover', {
    textDocument: { uri: uris[0] },
    position: { line: 15, character: 20 },
  })
  expect(client.pushed.length - before).toBeLessThan(uris.length / 2)
})

test('waits a while for settings, and no longer, when folders change', async () => {
  const folder = folderOf({ 'daemonlint.config.yaml': 'rules: { image-tag: error }\n' })
  const client = await startClient({
    capabilities: { workspace: { configuration: true, workspaceFolders: true } },
    onRequest: (method) => (method === 'workspace/configuration' ? new Promise(() => {}) : undefined),
  })
  const uri = uriOf(join(folder, 'a.yaml'))
  client.open(uri, agent)
  await client.diagnostics(uri, 1)
  client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
    event: { added: [{ uri: uriOf(folder), name: 'a' }], removed: [] },
  })
  await client.diagnostics(uri)
})

test('leaves actions as they are that need nothing more', async () => {
  const client = await startClient()
  const action = { title: 'x', edit: {} }
  expect(await client.connection.sendRequest('codeAction/resolve', action)).toEqual(action)
})

describe('plugins', () => {
  const plugin = (body: string) => `
    const rule = (create) => ({ meta: { type: 'problem', messages: { m: 'Found.' } }, create })
    export default { rules: {
      bad: rule(() => ({ daemonSet() { ${body} } })),
      good: rule((context) => ({ daemonSet(node) { context.report({ node, messageId: 'm' }) } })),
    } }`
  const config = 'plugins: { own: ./plugin.mjs }\nrules: { own/bad: error, own/good: error }\n'
  const start = async (body: string) => {
    const folder = folderOf({ 'plugin.mjs': plugin(body), 'daemonlint.config.yaml': config })
    const client = await startClient({ folders: [folder] })
    const uri = uriOf(join(folder, 'a.yaml'))
    client.open(uri, agent)
    return { client, found: await client.diagnostics(uri, 1), uri }
  }

  it('that throw are named and left out, and the other rules go on', async () => {
    const { client, found, uri } = await start("throw new Error('so it is')")
    expect(found).toMatchObject([
      { code: 'own/bad', severity: 2, message: expect.stringMatching(/own\/bad.*so it is.*left out/) },
      { code: 'own/good', severity: 1 },
    ])
    client.change(uri, 2, `${agent}# x`)
    expect(await client.diagnostics(uri, 2)).toHaveLength(2)
    expect(client.said.filter((text) => text.includes('own/bad'))).toHaveLength(1)
    await expectAlive(client)
  })

  it.each([
    'process.exit(3)',
    'process.stdout.write("no protocol")',
    'throw null',
    'setTimeout(() => { throw 1 })',
  ])('%s', async (body) => {
    const { client, found } = await start(body)
    expect(found.at(-1)).toMatchObject({ code: 'own/good' })
    await expectAlive(client)
  })
})

const templated = join(root, '../shared/corpus/templated')
it.skipIf(!existsSync(templated))('takes no template for broken YAML', async () => {
  const client = await startClient()
  const names = readdirSync(templated, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  expect(names.length).toBeGreaterThan(100)
  for (const name of names) {
    client.open(uriOf(name), readFileSync(name, 'utf8'))
    const found = await client.diagnostics(uriOf(name), 1)
    expect(found.filter(({ code }) => code === 'api-server/yaml-syntax')).toEqual([])
  }
})
if (!existsSync(templated)) console.log('skipped: ../shared/corpus is not there')
