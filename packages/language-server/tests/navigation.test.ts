import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type {
  DocumentLink,
  DocumentSymbol,
  Location,
  LocationLink,
  SymbolInformation,
} from 'vscode-languageserver/node'
import { agent, folderOf, startClient, uriOf } from './client.ts'

const text = agent.replace('    spec:\n', '    spec:\n      serviceAccountName: agent\n')
const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: agent\n'

test('lists symbols, as a tree or flat', async () => {
  for (const isNested of [true, false]) {
    const client = await startClient({
      capabilities: { textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: isNested } } },
    })
    const uri = uriOf(join(folderOf({}), 'agent.yaml'))
    client.open(uri, `${text}---\n${account}`)
    const found = await client.connection.sendRequest<(DocumentSymbol | SymbolInformation)[]>(
      'textDocument/documentSymbol',
      { textDocument: { uri } },
    )
    const names = ['DaemonSet agent', ...(isNested ? [] : ['pod template', 'agent']), 'ServiceAccount agent']
    expect(found.map(({ name }) => name)).toEqual(names)
    expect(found[0]).toMatchObject(
      isNested
        ? {
            selectionRange: { start: { line: 3, character: 8 } },
            children: [{ name: 'pod template', children: [{ name: 'agent', detail: 'example.com/agent' }] }],
          }
        : { location: { uri, range: { start: { line: 0, character: 0 } } } },
    )
  }
})

test('goes to other files and back', async () => {
  for (const linkSupport of [true, false]) {
    const folder = folderOf({ 'agent.yaml': text, 'account.yaml': account })
    const client = await startClient({
      capabilities: { textDocument: { definition: { linkSupport } } },
      folders: [folder],
    })
    const [uri, other] = ['agent.yaml', 'account.yaml'].map((name) => uriOf(join(folder, name)))
    client.open(uri!, text)
    await client.diagnostics(uri!, 1)
    const position = { line: 13, character: 28 }
    const [found, ...more] = await client.connection.sendRequest<(Location | LocationLink)[]>(
      'textDocument/definition',
      { textDocument: { uri }, position },
    )
    expect(more).toEqual([])
    const name = { start: { line: 3, character: 8 }, end: { line: 3, character: 13 } }
    expect(found).toEqual(
      linkSupport
        ? {
            originSelectionRange: { start: { line: 13, character: 26 }, end: { line: 13, character: 31 } },
            targetUri: other,
            targetRange: { start: { line: 0, character: 0 }, end: name.end },
            targetSelectionRange: name,
          }
        : { uri: other, range: name },
    )
    const references = await client.connection.sendRequest<Location[]>('textDocument/references', {
      textDocument: { uri },
      position,
      context: { includeDeclaration: true },
    })
    expect(references).toEqual([
      { uri: other, range: name },
      { uri, range: { start: { line: 13, character: 26 }, end: { line: 13, character: 31 } } },
    ])
    // What is open counts, not what is on disk.
    client.open(other!, `\n${account.replace('name: agent', 'name: else')}`)
    await client.diagnostics(other!, 1)
    const gone = await client.connection.sendRequest<Location[]>('textDocument/definition', {
      textDocument: { uri },
      position,
    })
    expect(gone).toEqual([])
  }
})

test('links the rules of directives to their pages, which an editor can open', async () => {
  const client = await startClient()
  const uri = uriOf(join(folderOf({}), 'agent.yaml'))
  client.open(uri, `# daemonlint-disable image-tag\n${text}`)
  const links: DocumentLink[] = await client.connection.sendRequest('textDocument/documentLink', {
    textDocument: { uri },
  })
  expect(links.map(({ range }) => range)).toEqual([
    { start: { line: 0, character: 21 }, end: { line: 0, character: 30 } },
  ])
  expect(readFileSync(fileURLToPath(links[0]!.target!), 'utf8')).toMatch(/^# image-tag\n/)
})
