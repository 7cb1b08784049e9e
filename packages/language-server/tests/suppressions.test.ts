import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { CodeAction } from 'vscode-languageserver/node'
import { agent, folderOf, startClient, uriOf } from './client.ts'

const name = 'daemonlint-suppressions.json'

test('passes over what the suppressions of the folder do, until they change', async () => {
  const entry = { 'DaemonSet agent > agent': { 'image-tag': { count: 1 } } }
  const folder = folderOf({ 'a.yaml': agent, [name]: JSON.stringify({ 'a.yaml': entry }) })
  const client = await startClient({ folders: [folder] })
  const uri = uriOf(join(folder, 'a.yaml'))
  client.open(uri, agent)
  expect((await client.diagnostics(uri)).map(({ code }) => code)).not.toContain('image-tag')
  writeFileSync(join(folder, name), '{}')
  client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: uriOf(join(folder, name)), type: 2 }],
  })
  expect((await client.diagnostics(uri)).map(({ code }) => code)).toContain('image-tag')
})

test('notices on saving another file that they changed, where the client watches none', async () => {
  const folder = folderOf({ 'a.yaml': agent, 'b.yaml': 'a: b\n' })
  const client = await startClient({ folders: [folder] })
  const [a, b] = [uriOf(join(folder, 'a.yaml')), uriOf(join(folder, 'b.yaml'))]
  client.open(b, 'a: b\n')
  client.open(a, agent)
  expect((await client.diagnostics(a)).map(({ code }) => code)).toContain('image-tag')
  const entry = { 'DaemonSet agent > agent': { 'image-tag': { count: 1 } } }
  writeFileSync(join(folder, name), JSON.stringify({ 'a.yaml': entry }))
  client.connection.sendNotification('textDocument/didSave', { textDocument: { uri: b } })
  expect((await client.diagnostics(a)).map(({ code }) => code)).not.toContain('image-tag')
})

test('leaves alone what is passed over where it fixes everything', async () => {
  const text = agent.replace(
    '    spec:\n',
    '    spec:\n      serviceAccount: agent\n      nodeSelector:\n        beta.kubernetes.io/os: linux\n',
  )
  const entry = { 'DaemonSet agent': { 'deprecated-node-label': { count: 1 } } }
  const folder = folderOf({
    'daemonlint.config.yaml': 'extends: daemonlint/strict\n',
    [name]: JSON.stringify({ 'a.yaml': entry }),
  })
  const client = await startClient({ folders: [folder] })
  const uri = uriOf(join(folder, 'a.yaml'))
  client.open(uri, text)
  expect((await client.diagnostics(uri)).map(({ code }) => code)).not.toContain('deprecated-node-label')
  const [action] = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    context: { diagnostics: [], only: ['source.fixAll'] },
  })
  expect(action!.edit!.changes![uri]!.map(({ newText }) => newText)).toEqual(['Name'])
})

test('shows what is wrong with them, and everything that is found', async () => {
  const folder = folderOf({ 'a.yaml': agent, [name]: '[' })
  const client = await startClient({ folders: [folder] })
  const uri = uriOf(join(folder, 'a.yaml'))
  client.open(uri, agent)
  expect((await client.diagnostics(uri)).map(({ code }) => code)).toContain('image-tag')
  await client.until(() => client.said.some((one) => one.includes('It is no JSON')))
})
