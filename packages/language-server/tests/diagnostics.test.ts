import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Diagnostic, DocumentDiagnosticReport } from 'vscode-languageserver/node'
import { agent, folderOf, startClient, uriOf, write } from './client.ts'

const fileIn = (name = 'agent.yaml', files: Record<string, string> = {}) => uriOf(join(folderOf(files), name))
const codes = (diagnostics: Diagnostic[]) => diagnostics.map(({ code }) => code)

describe('pushed diagnostics', () => {
  it('follow incremental changes, and stand where they belong', async () => {
    const client = await startClient()
    const uri = fileIn()
    client.open(uri, agent)
    expect(codes(await client.diagnostics(uri, 1))).toContain('image-tag')
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [
        { range: { start: { line: 15, character: 34 }, end: { line: 15, character: 34 } }, text: ':1.2.3' },
        {
          range: { start: { line: 13, character: 0 }, end: { line: 13, character: 0 } },
          text: '      hostNetworks: true\n',
        },
      ],
    })
    const found = await client.diagnostics(uri, 2)
    expect(codes(found)).not.toContain('image-tag')
    expect(found.find(({ code }) => code === 'api-server/unknown-field')).toMatchObject({
      severity: 1,
      range: { start: { line: 13, character: 6 }, end: { line: 13, character: 18 } },
    })
    // Each leads to the page of its rule, a file beside the server.
    for (const { code, codeDescription } of found) {
      const page = readFileSync(fileURLToPath(codeDescription!.href), 'utf8')
      expect(page.startsWith(`# ${code}\n`)).toBe(true)
    }
  })

  it('are of the newest version alone, however fast changes come', async () => {
    const client = await startClient()
    const uri = fileIn()
    client.open(uri, agent)
    for (let version = 2; version <= 300; version++) client.change(uri, version, `${agent}# ${version}\n`)
    await client.diagnostics(uri, 300)
    const versions = client.pushed.map(({ version }) => version!)
    expect(versions).toEqual([...versions].sort((a, b) => a - b))
    expect(versions.length).toBeLessThan(60)
  })

  it('have tags, second places and severities', async () => {
    const client = await startClient({
      capabilities: { textDocument: { publishDiagnostics: { relatedInformation: true } } },
    })
    const uri = fileIn()
    const text = `${agent.replace('  name: agent\n', '  name: agent\n  name: b\n')}---\n${agent}      serviceAccount: x # daemonlint-disable-line image-tag\n`
    client.open(uri, text)
    const found = await client.diagnostics(uri, 1)
    expect(found.find(({ code }) => code === 'api-server/duplicate-key')?.relatedInformation).toEqual([
      {
        location: { uri, range: { start: { line: 3, character: 2 }, end: { line: 3, character: 6 } } },
        message: expect.stringContaining('first'),
      },
    ])
    expect(found.find(({ code }) => code === 'daemonlint/unused-directive')?.tags).toEqual([1])
    expect(found.find(({ code }) => code === 'service-account-alias')).toMatchObject({
      tags: [2],
      severity: 3,
    })
  })

  it('are gone when the document is closed', async () => {
    const client = await startClient()
    const uri = fileIn()
    client.open(uri, agent)
    await client.diagnostics(uri, 1)
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } })
    expect(await client.diagnostics(uri)).toEqual([])
  })

  it('are of each document by itself, and other kinds are passed over', async () => {
    const client = await startClient()
    const uri = fileIn()
    const other = 'kind: Service\napiVersion: v1\nmetadata: [\n---\nnot: {a: manifest\n'
    client.open(uri, `${other}---\n${agent}---\n${agent.replace('image: example.com/agent', 'image: a:1')}`)
    const tags = (await client.diagnostics(uri, 1)).filter(({ code }) => code === 'image-tag')
    expect(tags.map(({ range }) => range.start.line)).toEqual([21])
  })

  it('come for what is no file, and for JSON', async () => {
    const client = await startClient()
    for (const uri of [
      'untitled:Untitled-1',
      'vscode-vfs://github/a/b.yaml',
      'file:///no/such%20folder/x.json',
    ]) {
      client.open(uri, agent, 'yaml')
      expect(codes(await client.diagnostics(uri, 1))).toContain('image-tag')
    }
    const uri = fileIn('a.json')
    client.open(uri, '{"apiVersion": "apps/v1", "kind": "DaemonSet", "specs": {}}', 'json')
    expect(codes(await client.diagnostics(uri, 1))).toContain('api-server/unknown-field')
  })

  it('leave templates alone', async () => {
    const client = await startClient()
    const broken = 'kind: DaemonSet\napiVersion: apps/v1\nmetadata: [\n'
    const template = `${agent}{{- if .Values.x }}\n      hostPID: true\n{{- end }}\n`
    const uri = fileIn('templates/a.yaml', { 'Chart.yaml': 'name: x\n' })
    client.open(uri, `${broken}---\n${template}`)
    expect(await client.diagnostics(uri, 1)).toEqual([])
    client.open(`${uri}.helm`, broken, 'helm')
    expect(await client.diagnostics(`${uri}.helm`, 1)).toEqual([])
    const plain = fileIn()
    client.open(plain, template)
    expect(await client.diagnostics(plain, 1)).toEqual([])
    client.open(`${plain}2`, broken)
    expect(codes(await client.diagnostics(`${plain}2`, 1))).toEqual(['api-server/yaml-syntax'])
  })

  it.each([
    ['utf-8', 'utf-8', 10],
    ['utf-16', 'utf-16', 7],
    ['utf-32', 'utf-32', 6],
    ['none', undefined, 7],
  ])('count as agreed upon: %s', async (_, encoding, extra) => {
    const client = await startClient({
      capabilities: encoding ? { general: { positionEncodings: [encoding] } } : {},
    })
    expect(client.result.capabilities.positionEncoding).toBe(encoding ?? 'utf-16')
    const uri = fileIn()
    const line = '  annotations: { note: "\u{1f600}é" , hosts: 1 }\r\n'
    client.open(uri, agent.replaceAll('\n', '\r\n').replace('spec:', `${line}spec:`))
    const wrong = (await client.diagnostics(uri, 1)).find(({ range }) => range.start.line === 4)
    expect(wrong!.range.start.character).toBe(line.indexOf('\u{1f600}') + extra + '" , hosts: '.length - 4)
  })

  it('of a text with a byte order mark are at their places', async () => {
    const client = await startClient()
    const uri = fileIn()
    client.open(uri, '\ufeffkinds: DaemonSet\nkind: DaemonSet\napiVersion: apps/v1\n')
    const found = await client.diagnostics(uri, 1)
    expect(found.map(({ range }) => range.start)).toContainEqual({ line: 0, character: 1 })
  })
})

describe('diagnostics that are asked for', () => {
  const capabilities = {
    textDocument: { diagnostic: {} },
    workspace: { diagnostics: { refreshSupport: true } },
  }

  it('are not pushed, and unchanged ones are not told again', async () => {
    const client = await startClient({ capabilities })
    expect(client.result.capabilities.diagnosticProvider).toMatchObject({ interFileDependencies: true })
    const uri = fileIn()
    const ask = (previousResultId?: string) =>
      client.connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
        textDocument: { uri },
        previousResultId,
      })
    client.open(uri, agent)
    const first = await ask()
    expect(first.kind === 'full' && codes(first.items)).toContain('image-tag')
    expect(await ask(first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId })
    client.change(uri, 2, agent.replace('image: example.com/agent', 'image: example.com/agent:1.2.3'))
    const second = await ask(first.resultId)
    expect(second.kind === 'full' && codes(second.items)).not.toContain('image-tag')
    expect(client.pushed).toEqual([])
  })

  it('are told to be asked for again when something around changed', async () => {
    const asked: string[] = []
    const client = await startClient({
      capabilities,
      onRequest: (method) => {
        asked.push(method)
      },
    })
    const folder = folderOf({})
    const uri = uriOf(join(folder, 'agent.yaml'))
    client.open(uri, agent)
    const ask = () =>
      client.connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
        textDocument: { uri },
      })
    await ask()
    write(join(folder, 'daemonlint.config.yaml'), 'rules: {}\n')
    await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri } })
    const after = await ask()
    expect(asked).toContain('workspace/diagnostic/refresh')
    expect(after.kind === 'full' && codes(after.items)).toEqual([])
  })

  it('may be given up', async () => {
    const client = await startClient({ capabilities })
    const uri = fileIn()
    client.open(uri, agent)
    const { CancellationTokenSource } = await import('vscode-jsonrpc')
    const cancel = new CancellationTokenSource()
    const answer = client.connection.sendRequest(
      'textDocument/diagnostic',
      { textDocument: { uri } },
      cancel.token,
    )
    cancel.cancel()
    await expect(answer).rejects.toMatchObject({ code: -32800 })
  })
})
