import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { CodeAction, Diagnostic, TextEdit } from 'vscode-languageserver/node'
import { agent, type Client, folderOf, startClient, uriOf } from './client.ts'

const text = agent
  .replace(
    '    spec:\n',
    '    spec:\n      serviceAccount: agent\n      nodeSelector:\n        beta.kubernetes.io/os: linux\n',
  )
  .replace('example.com/agent', 'example.com/agent # 💡')

interface Asked {
  client: Client
  uri: string
  /** For the place of the first finding of a rule, or of the whole document. */
  ask(rule?: string, only?: string[]): Promise<CodeAction[]>
}

async function open(capabilities: object, source = text): Promise<Asked> {
  const client = await startClient({ capabilities })
  const uri = uriOf(
    join(folderOf({ 'daemonlint.config.yaml': 'extends: daemonlint/strict\n' }), 'agent.yaml'),
  )
  client.open(uri, source)
  const diagnostics = await client.diagnostics(uri, 1)
  const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } }
  const ask = (rule?: string, only?: string[]) => {
    const found = diagnostics.filter(({ code }) => code === rule)
    const range = found[0]?.range ?? whole
    const context = { diagnostics: found, ...(only && { only }) }
    return client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context,
    })
  }
  return { client, uri, ask }
}

/** Applies edits of UTF-16 positions, from the end. */
function applied(source: string, edits: readonly TextEdit[]): string {
  const starts = [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)]
  const offset = ({ line, character }: TextEdit['range']['start']) => starts[line]! + character
  return edits
    .toSorted((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce(
      (one, { range, newText }) => one.slice(0, offset(range.start)) + newText + one.slice(offset(range.end)),
      source,
    )
}

const titled = (actions: CodeAction[], title: RegExp) => actions.find((one) => title.test(one.title))!

test('offers a fix with its diagnostic, and a directive', async () => {
  const { uri, ask } = await open({})
  const actions = await ask('service-account-alias')
  expect(actions[0]).toMatchObject({
    title: 'Fix: replace `serviceAccount` with `serviceAccountName` (service-account-alias)',
    kind: 'quickfix',
    isPreferred: true,
    diagnostics: [{ code: 'service-account-alias' }],
  })
  expect(applied(text, actions[0]!.edit!.changes![uri]!)).toBe(
    text.replace('serviceAccount:', 'serviceAccountName:'),
  )
  const [directive] = titled(actions, /^Disable .* for this line/).edit!.changes![uri]!
  expect(directive!.newText).toBe('      # daemonlint-disable-next-line service-account-alias -- why?\n')
  expect((await ask('image-tag')).every(({ edit }) => edit)).toBe(true)
})

test('puts the cursor where the reason belongs, and names the version, where the client knows how', async () => {
  const workspaceEdit = { documentChanges: true, snippetEditSupport: true }
  const { uri, ask } = await open({ workspace: { workspaceEdit } })
  const { edit } = titled(await ask('image-tag'), /^Disable image-tag for this line/)
  expect(edit).toEqual({
    documentChanges: [
      {
        textDocument: { uri, version: 1 },
        edits: [
          {
            range: { start: { line: 18, character: 0 }, end: { line: 18, character: 0 } },
            snippet: { kind: 'snippet', value: '          # daemonlint-disable-next-line image-tag -- $0\n' },
          },
        ],
      },
    ],
  })
})

test('fixes all on saving, as --fix does', async () => {
  const { uri, ask } = await open({})
  for (const kind of ['source.fixAll', 'source.fixAll.daemonlint']) {
    const [action, ...others] = await ask(undefined, [kind])
    expect(others).toEqual([])
    expect(action!.kind).toBe('source.fixAll.daemonlint')
    expect(applied(text, action!.edit!.changes![uri]!)).toBe(
      text.replace('serviceAccount:', 'serviceAccountName:').replace('beta.kubernetes.io', 'kubernetes.io'),
    )
  }
  expect(await ask(undefined, ['source.organizeImports'])).toEqual([])
})

test('works out later what takes long, for the version that was asked about', async () => {
  const codeAction = { dataSupport: true, resolveSupport: { properties: ['edit'] } }
  const { client, uri, ask } = await open({ textDocument: { codeAction } })
  const lazy = titled(await ask('service-account-alias'), /^Fix all fixable problems/)
  expect(lazy.edit).toBeUndefined()
  const resolved = await client.connection.sendRequest<CodeAction>('codeAction/resolve', lazy)
  expect(resolved.edit!.changes![uri]).toHaveLength(2)
  const [onSave] = await ask(undefined, ['source.fixAll'])
  expect(onSave!.edit!.changes![uri]).toHaveLength(2)
  client.change(uri, 2, `# more\n${text}`)
  await expect(client.connection.sendRequest('codeAction/resolve', lazy)).rejects.toMatchObject({
    code: -32801,
  })
})

test('has nothing to offer for what is not there, or not ours', async () => {
  const { client, uri } = await open({})
  const params = {
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    context: { diagnostics: [] as Diagnostic[] },
  }
  const ask = (other: string) =>
    client.connection.sendRequest('textDocument/codeAction', { ...params, textDocument: { uri: other } })
  expect(await ask('file:///nowhere.yaml')).toEqual([])
  client.change(uri, 2, 'a: [')
  expect(await ask(uri)).toEqual([])
})
