import { join } from 'node:path'
import { expect, test } from 'vitest'
import { agent, type Client, folderOf, startClient, uriOf, write } from './client.ts'

const statusOf = (client: Client, uri: string) =>
  client.connection.sendRequest('daemonlint/status', { textDocument: { uri } })

test('says which configuration decides about a document, and whether it can be used', async () => {
  const folder = folderOf({
    'daemonlint.config.yaml': '- ignores: [old/**]\n- settings: { kubernetesVersion: 1.31-1.32 }\n',
    'deep/daemonlint.config.yaml': 'rules: [\n',
  })
  const client = await startClient({ folders: [folder] })
  const file = (name: string) => uriOf(join(folder, name))
  for (const name of ['a.yaml', 'old/a.yaml', 'deep/a.yaml']) client.open(file(name), agent)
  client.open(file('template.yaml'), agent, 'helm')
  const configuration = file('daemonlint.config.yaml')
  const kubernetesVersions = ['1.31', '1.32']
  const fine = { state: 'linted', configuration, problem: null, kubernetesVersions }
  expect(await statusOf(client, file('a.yaml'))).toEqual(fine)
  expect(await statusOf(client, file('old/a.yaml'))).toEqual({
    ...fine,
    state: 'ignored',
    kubernetesVersions: [],
  })
  expect(await statusOf(client, file('template.yaml'))).toEqual({
    ...fine,
    state: 'template',
    kubernetesVersions: [],
  })
  expect(await statusOf(client, file('deep/a.yaml'))).toMatchObject({
    configuration: file('deep/daemonlint.config.yaml'),
    problem: expect.stringContaining('Flow sequence'),
  })
  write(join(folder, 'deep/daemonlint.config.yaml'), 'rules: {}\n')
  client.connection.sendNotification('textDocument/didSave', { textDocument: { uri: file('deep/a.yaml') } })
  expect(await statusOf(client, file('deep/a.yaml'))).toMatchObject({ state: 'linted', problem: null })
  client.connection.sendNotification('workspace/didChangeConfiguration', {
    settings: { daemonlint: { kubernetesVersion: '1.30' } },
  })
  expect(await statusOf(client, file('a.yaml'))).toEqual({ ...fine, kubernetesVersions: ['1.30'] })
  client.connection.sendNotification('workspace/didChangeConfiguration', {
    settings: { daemonlint: { enable: false } },
  })
  expect(await statusOf(client, file('a.yaml'))).toMatchObject({ state: 'off' })
})

test('says that there is no configuration, and nothing of what is not open', async () => {
  const client = await startClient({ folders: [folderOf({})] })
  client.open('untitled:a', agent)
  client.open('untitled:long', 'x'.repeat(5 * 2 ** 20))
  expect(await statusOf(client, 'untitled:a')).toMatchObject({ state: 'linted', configuration: null })
  expect(await statusOf(client, 'untitled:long')).toMatchObject({ state: 'declined' })
  expect(await statusOf(client, 'untitled:b')).toBeNull()
})
