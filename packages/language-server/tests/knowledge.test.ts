/** Hover and completion as an editor asks for them, of the built command. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { CompletionItem, Hover, MarkupContent } from 'vscode-languageserver/node'
import { agent, type Client, type ClientOptions, folderOf, startClient, uriOf } from './client.ts'

const uriOfAgent = (folder: string) => uriOf(join(folder, 'agent.yaml'))

async function opened(text: string, options: ClientOptions = {}): Promise<{ client: Client; uri: string }> {
  const client = await startClient(options)
  const uri = uriOfAgent(folderOf({}))
  client.open(uri, text)
  return { client, uri }
}

const at = (uri: string, line: number, character: number) => ({
  textDocument: { uri },
  position: { line, character },
})

const snippets = { textDocument: { completion: { completionItem: { snippetSupport: true } } } }

test('says what is under the pointer, with texts that were packed', async () => {
  const { client, uri } = await opened(agent)
  expect(client.result.capabilities.hoverProvider).toBe(true)
  const hover: Hover = await client.connection.sendRequest('textDocument/hover', at(uri, 15, 12))
  const { kind, value } = hover.contents as MarkupContent
  expect(kind).toBe('markdown')
  expect(value).toContain('**image**: string, required')
  // Kubernetes' words, and those of a rule's page.
  expect(value).toContain('Container image name.')
  expect(hover.range).toEqual({ start: { line: 15, character: 10 }, end: { line: 15, character: 15 } })
  const finding: Hover = await client.connection.sendRequest('textDocument/hover', at(uri, 15, 20))
  expect((finding.contents as MarkupContent).value).toContain('A DaemonSet pulls its image on every node')
  expect(await client.connection.sendRequest('textDocument/hover', at(uri, 15, 3))).toBeNull()
})

test('says it without Markdown where the client knows none', async () => {
  const capabilities = { textDocument: { hover: { contentFormat: ['plaintext'] } } }
  const { client, uri } = await opened(agent, { capabilities })
  const hover: Hover = await client.connection.sendRequest('textDocument/hover', at(uri, 15, 12))
  expect(hover.contents).toMatchObject({ kind: 'plaintext' })
  expect((hover.contents as MarkupContent).value).toMatch(/^image: string, required\n/)
})

test('completes what is being typed, and explains it when asked', async () => {
  const { client, uri } = await opened(agent, { capabilities: snippets })
  client.change(uri, 2, `${agent}          imagePull`)
  const items: CompletionItem[] = await client.connection.sendRequest(
    'textDocument/completion',
    at(uri, 16, 19),
  )
  const item = items.find(({ label }) => label === 'imagePullPolicy')!
  expect(item).toMatchObject({
    textEdit: {
      range: { start: { line: 16, character: 10 }, end: { line: 16, character: 19 } },
      newText: 'imagePullPolicy: ${1|Always,IfNotPresent,Never|}',
    },
    insertTextFormat: 2,
    detail: 'string',
  })
  const resolved: CompletionItem = await client.connection.sendRequest('completionItem/resolve', item)
  expect((resolved.documentation as MarkupContent).value).toContain('Image pull policy.')
  expect(resolved.textEdit).toEqual(item.textEdit)
})

test('is asked again by a space only where something may follow it', async () => {
  const { client, uri } = await opened(agent)
  const ask = (text: string, triggerCharacter: string) => {
    client.change(uri, 2, `${agent}          ${text}`)
    const context = { triggerKind: 2, triggerCharacter }
    return client.connection.sendRequest('textDocument/completion', {
      ...at(uri, 16, 10 + text.length),
      context,
    })
  }
  expect(await ask('imagePullPolicy: ', ' ')).toHaveLength(3)
  expect(await ask('imagePullPolicy:', ':')).toHaveLength(3)
  expect(await ask('command: [a ', ' ')).toBeNull()
})

test("goes by the Kubernetes versions of the client's settings, and by the encoding", async () => {
  const capabilities = { workspace: { configuration: true }, general: { positionEncodings: ['utf-8'] } }
  const folder = folderOf({})
  const client = await startClient({
    capabilities,
    folders: [folder],
    settings: { kubernetesVersion: '1.33' },
  })
  const uri = uriOfAgent(folder)
  const text = `${agent}      hostnameOverride: ä # ä\n      tolerations: [{ key: "ä", op`
  client.open(uri, text)
  await client.diagnostics(uri, 1)
  const hover: Hover = await client.connection.sendRequest('textDocument/hover', at(uri, 16, 10))
  expect((hover.contents as MarkupContent).value).toContain('your target 1.33 does not have it')
  const character = Buffer.byteLength('      tolerations: [{ key: "ä", op')
  const items: CompletionItem[] = await client.connection.sendRequest(
    'textDocument/completion',
    at(uri, 17, character),
  )
  expect(items.find(({ label }) => label === 'operator')?.textEdit).toMatchObject({
    range: { start: { line: 17, character: character - 2 }, end: { line: 17, character } },
  })
})

test('completes names of resources in the files around', async () => {
  const folder = folderOf({
    'config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: agent-config\ndata:\n  a.conf: b\n',
  })
  const client = await startClient({ folders: [folder] })
  const uri = uriOfAgent(folder)
  const text = `${agent}      volumes:\n        - name: config\n          configMap:\n            name: `
  client.open(uri, text)
  const items: CompletionItem[] = await client.connection.sendRequest(
    'textDocument/completion',
    at(uri, 19, 18),
  )
  expect(items.map(({ label }) => label)).toEqual(['agent-config'])
  expect((items[0]!.documentation as MarkupContent).value).toBe('A ConfigMap of `config.yaml`.')
})
