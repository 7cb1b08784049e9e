import { rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { agent, type Client, folderOf, startClient, uriOf, write } from './client.ts'

const yaml = (severity: string) => `extends: daemonlint/recommended\nrules:\n  image-tag: ${severity}\n`

function severityOf(client: Client, uri: string): number | undefined | 'none' {
  const last = client.pushed.filter((one) => one.uri === uri).at(-1)
  return last && (last.diagnostics.find(({ code }) => code === 'image-tag')?.severity ?? 'none')
}

const comesTo = (client: Client, uri: string, wanted: number | 'none') =>
  client.until(() => severityOf(client, uri) === wanted, `image-tag of ${wanted}`)

const saved = (client: Client, uri: string) =>
  client.connection.sendNotification('textDocument/didSave', { textDocument: { uri } })

describe('configurations', () => {
  it('are the nearest of each file, in several folders of a workspace', async () => {
    const one = folderOf({ 'daemonlint.config.yaml': yaml('error'), 'deep/er/a.yaml': '' })
    const two = folderOf({ 'daemonlint.config.json': '{"rules": {"image-tag": "info"}}' })
    const client = await startClient({ folders: [one, two] })
    const uris = [join(one, 'deep/er/a.yaml'), join(two, 'a.yaml')].map(uriOf)
    for (const uri of uris) client.open(uri, agent)
    await comesTo(client, uris[0]!, 1)
    await comesTo(client, uris[1]!, 3)
  })

  it('are read again when they are saved, come or go, where the client watches no files', async () => {
    const folder = folderOf({ 'daemonlint.config.yaml': yaml('error') })
    const client = await startClient({ folders: [folder] })
    const uri = uriOf(join(folder, 'k8s/a.yaml'))
    client.open(uri, agent)
    await comesTo(client, uri, 1)
    write(join(folder, 'daemonlint.config.yaml'), yaml('info'))
    await saved(client, uri)
    await comesTo(client, uri, 3)
    write(join(folder, 'k8s/daemonlint.config.json'), '{"rules": {}}')
    await saved(client, uri)
    await comesTo(client, uri, 'none')
    rmSync(join(folder, 'k8s/daemonlint.config.json'))
    await saved(client, uri)
    await comesTo(client, uri, 3)
  })

  it('are read again when they changed before a file in another folder was opened', async () => {
    const folder = folderOf({ 'daemonlint.config.yaml': yaml('error') })
    const client = await startClient({ folders: [folder] })
    const [a, b] = [uriOf(join(folder, 'a.yaml')), uriOf(join(folder, 'k8s/b.yaml'))]
    client.open(a, agent)
    await comesTo(client, a, 1)
    write(join(folder, 'daemonlint.config.yaml'), yaml('info'))
    client.open(b, agent)
    await comesTo(client, b, 1)
    await saved(client, b)
    await comesTo(client, b, 3)
    await comesTo(client, a, 3)
  })

  it('that come broken after their folder was looked at are shown, and take nothing down', async () => {
    const folder = folderOf({})
    const client = await startClient({ folders: [folder] })
    const [a, b] = [uriOf(join(folder, 'a.yaml')), uriOf(join(folder, 'k8s/b.yaml'))]
    client.open(a, agent)
    await comesTo(client, a, 2)
    write(join(folder, 'k8s/daemonlint.config.yaml'), 'rules: [\n')
    client.open(b, agent)
    await client.until(() => client.pushed.some(({ uri }) => uri.endsWith('k8s/daemonlint.config.yaml')))
    await client.connection.sendRequest('textDocument/documentSymbol', { textDocument: { uri: b } })
    rmSync(join(folder, 'k8s/daemonlint.config.yaml'))
    const c = uriOf(join(folder, 'k8s/c.yaml'))
    client.open(c, agent)
    await saved(client, c)
    await comesTo(client, c, 2)
  })

  it('are watched where the client offers it', async () => {
    const registered: string[] = []
    const folder = folderOf({ 'daemonlint.config.yaml': yaml('error') })
    const client = await startClient({
      folders: [folder],
      capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
      onRequest: (method, params) => {
        if (method === 'client/registerCapability') registered.push(JSON.stringify(params))
      },
    })
    const uri = uriOf(join(folder, 'a.yaml'))
    client.open(uri, agent)
    await comesTo(client, uri, 1)
    expect(registered.join()).toContain('**/daemonlint.config.yaml')
    write(join(folder, 'daemonlint.config.yaml'), yaml('info'))
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOf(join(folder, 'daemonlint.config.yaml')), type: 2 }],
    })
    await comesTo(client, uri, 3)
  })

  it('that are broken say so in their own file, and the last good one holds meanwhile', async () => {
    const path = 'daemonlint.config.yaml'
    const folder = folderOf({ [path]: yaml('error') })
    const client = await startClient({ folders: [folder] })
    const [uri, config] = [uriOf(join(folder, 'a.yaml')), uriOf(join(folder, path))]
    client.open(uri, agent)
    await comesTo(client, uri, 1)
    write(join(folder, path), `${yaml('info')}  image-tags: error\n`)
    await saved(client, uri)
    await client.until(() => client.pushed.some((one) => one.uri === config), 'the broken configuration')
    expect(client.pushed.find((one) => one.uri === config)!.diagnostics).toMatchObject([
      {
        severity: 1,
        range: { start: { line: 3, character: 2 } },
        message: expect.stringContaining("'image-tags'"),
      },
    ])
    await comesTo(client, uri, 1)
    write(join(folder, path), yaml('info'))
    await saved(client, uri)
    await comesTo(client, uri, 3)
    expect(client.pushed.filter((one) => one.uri === config).at(-1)!.diagnostics).toEqual([])
  })

  it('that were never good leave what the API server says', async () => {
    const folder = folderOf({ 'daemonlint.config.yaml': 'rules: [\n' })
    const client = await startClient({ folders: [folder] })
    const uri = uriOf(join(folder, 'a.yaml'))
    client.open(uri, agent.replace('spec:', 'specs: 1\nspec:'))
    const found = await client.diagnostics(uri, 1)
    expect(found.map(({ code }) => code)).toEqual(['api-server/unknown-field'])
    const config = client.pushed.find((one) => one.uri.endsWith('daemonlint.config.yaml'))!
    expect(config.diagnostics).toMatchObject([
      { code: 'daemonlint/configuration', range: { start: { line: 1 } } },
    ])
  })

  it('say what is wrong with the options of rules, once for all files', async () => {
    const folder = folderOf({
      'daemonlint.config.yaml': 'rules:\n  memory-limit: error\n  image-tag: [error, { floating: 1 }]\n',
    })
    const client = await startClient({ folders: [folder] })
    const uris = ['a.yaml', 'b.yaml', 'c.yaml'].map((name) => uriOf(join(folder, name)))
    for (const uri of uris) client.open(uri, agent)
    for (const uri of uris) await client.diagnostics(uri, 1)
    const told = client.pushed.filter(({ uri }) => uri.endsWith('config.yaml'))
    expect(told).toHaveLength(1)
    expect(told[0]!.diagnostics[0]).toMatchObject({ range: { start: { line: 2, character: 2 } } })
  })

  it('that are programs run, write to standard error, and cannot end the server', async () => {
    const folder = folderOf({
      'daemonlint.config.mjs': `
        console.log('from the configuration')
        process.stdout.write('and this')
        setTimeout(() => process.exit(0), 1)
        setTimeout(() => Promise.reject(new Error('late')), 2)
        export default { extends: 'daemonlint/recommended', rules: { 'image-tag': 'error' } }`,
    })
    const client = await startClient({ folders: [folder] })
    const uri = uriOf(join(folder, 'a.yaml'))
    client.open(uri, agent)
    await comesTo(client, uri, 1)
    await client.until(() => client.said.join().includes('late'), 'the late error')
    expect(client.stderr()).toContain('from the configuration\nand this')
    expect(client.said.join()).toContain('process.exit')
    client.change(uri, 2, `${agent}# more\n`)
    await client.diagnostics(uri, 2)
  })

  it('that are programs, or name plugins, do not run where the folder is not trusted', async () => {
    const mark = 'throw new Error("it ran")'
    const folder = folderOf({
      'one/daemonlint.config.js': `${mark}\nexport default []`,
      'two/daemonlint.config.yaml': 'plugins: { own: ./plugin.mjs }\nrules: { own/x: error }\n',
      'two/plugin.mjs': mark,
      'three/daemonlint.config.yaml': yaml('error'),
    })
    const client = await startClient({ folders: [folder], initializationOptions: { trusted: false } })
    for (const name of ['one', 'two', 'three']) client.open(uriOf(join(folder, name, 'a.yaml')), agent)
    await comesTo(client, uriOf(join(folder, 'three/a.yaml')), 1)
    const told = client.pushed.filter(({ uri }) => uri.includes('config'))
    expect(told.map(({ diagnostics }) => diagnostics[0])).toMatchObject([
      { severity: 3, message: expect.stringContaining('not trusted') },
      { severity: 3, message: expect.stringContaining('not trusted') },
    ])
  })

  it('pass over what they ignore', async () => {
    const folder = folderOf({
      'daemonlint.config.yaml': '- ignores: [vendor/]\n- extends: daemonlint/recommended\n',
    })
    const client = await startClient({ folders: [folder] })
    const uri = uriOf(join(folder, 'vendor/a.yaml'))
    client.open(uri, agent)
    expect(await client.diagnostics(uri, 1)).toEqual([])
  })
})

describe('settings', () => {
  const capabilities = { workspace: { configuration: true } }

  it('turn everything off, and on again', async () => {
    const settings = { enable: false }
    const client = await startClient({ capabilities, settings })
    const uri = 'untitled:a'
    client.open(uri, agent)
    await comesTo(client, uri, 'none')
    settings.enable = true
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null })
    await comesTo(client, uri, 2)
  })

  it('choose the configuration, the version and the time', async () => {
    const folder = folderOf({ 'conf/strict.yaml': yaml('error'), 'a.yaml': agent })
    const settings = { configFile: 'conf/strict.yaml', kubernetesVersion: '1.29', run: 'onSave' }
    const client = await startClient({ capabilities, settings, folders: [folder] })
    const uri = uriOf(join(folder, 'a.yaml'))
    client.open(uri, agent)
    await comesTo(client, uri, 1)
    client.change(uri, 2, `${agent}      resources: {}\n`)
    await client.connection.sendRequest('textDocument/unknown').catch(() => {})
    await new Promise((done) => setTimeout(done, 200))
    expect(client.pushed.some(({ version }) => version === 2)).toBe(false)
    await saved(client, uri)
    // A pod has resources of its own since 1.32.
    const found = await client.diagnostics(uri, 2)
    expect(found.map(({ code, message }) => `${code} ${message}`).join()).toMatch(/resources.*1\.32/)
  })

  it('may be pushed by clients that cannot be asked, and wrong ones are told', async () => {
    const client = await startClient()
    client.open('untitled:a', agent)
    await comesTo(client, 'untitled:a', 2)
    const push = (daemonlint: unknown) =>
      client.connection.sendNotification('workspace/didChangeConfiguration', { settings: { daemonlint } })
    await push({ kubernetesVersion: '7.7' })
    await client.until(
      () => client.said.some((text) => text.startsWith('daemonlint.kubernetesVersion')),
      'advice',
    )
    await push({ enable: false })
    await comesTo(client, 'untitled:a', 'none')
  })
})

it('follows links to configurations that go round in a circle no further than it must', async () => {
  const folder = folderOf({})
  symlinkSync('daemonlint.config.yaml', join(folder, 'daemonlint.config.yaml'))
  const client = await startClient({ folders: [folder] })
  const uri = uriOf(join(folder, 'a.yaml'))
  client.open(uri, agent)
  await client.diagnostics(uri, 1)
})
