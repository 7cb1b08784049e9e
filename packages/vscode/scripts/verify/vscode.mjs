// npm run verify-vscode [-- --screenshots FOLDER]
// Installs the packed extension in VS Code's own workbench (code-server) and uses it as a person does, in a Chromium. Needs
//   CODE_SERVER   the program, or its out/node/entry.js; without it, code-server on the PATH
//   CHROMIUM      the program; without it, chromium, google-chrome or chrome on the PATH
//   PLAYWRIGHT    the folder of the package playwright-core, unless it can be imported
// and `npm run package-vscode` before. What is not there is said, and then nothing is checked.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { makeScene, turnedOff } from '../../../language-server/scripts/verify/scene.mjs'
import { startWorkbench } from './workbench.mjs'
import { zipEntries } from './zip.mjs'

const folder = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const { values } = parseArgs({ options: { screenshots: { type: 'string' } } })
const total = { passed: 0, failed: 0, skipped: 0 }
let shots = 0
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130))
if (values.screenshots) mkdirSync(values.screenshots, { recursive: true })

const vsix = newestVsix()
if (!vsix) {
  console.log('skipped: there is no packed extension; npm run package-vscode makes it')
  finish(1)
}
verifyArchive()
const tools = await findTools()
if (tools) {
  const browser = await tools.chromium.launch({
    executablePath: tools.chrome,
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    await verifyTrusted(browser)
    await verifyUntrusted(browser)
  } finally {
    await browser.close()
  }
}
finish(0)

/** What is packed: all that is needed, and nothing else. */
function verifyArchive() {
  const archive = readFileSync(vsix)
  const entries = zipEntries(archive)
  const names = [...entries.keys()].filter((name) => name.startsWith('extension/'))
  const manifest = JSON.parse(entries.get('extension/package.json')().toString())
  checkNow(`packs what is needed (${(archive.length / 1024).toFixed(0)} KiB, ${names.length} files)`, () => {
    const needed = ['readme.md', 'LICENSE.txt', 'changelog.md', manifest.main.slice(2)]
    const served = ['daemonlint.cjs', 'pages/image-tag.md', 'lib/daemonlint.js'].map(
      (name) => `dist/server/${name}`,
    )
    const missing = [...needed, ...served].filter((name) => !names.includes(`extension/${name}`))
    if (missing.length > 0) throw new Error(`missing: ${missing.join(', ')}`)
  })
  checkNow('packs nothing else', () => {
    const allowed =
      /^extension\/(package\.json|readme\.md|LICENSE\.txt|changelog\.md|dist\/[\w-]+\.cjs|dist\/server\/([\w.-]+\.(cjs|json)|lib\/[\w-]+\.js|pages\/([\w-]+\/)?[\w-]+\.md))$/
    const other = names.filter((name) => !allowed.test(name))
    if (other.length > 0) throw new Error(other.join(', '))
    for (const key of ['devDependencies', 'dependencies', 'scripts'])
      if (key in manifest) throw new Error(`package.json has ${key}`)
  })
  checkNow('every file that a bundle reaches is packed', () => {
    for (const name of names.filter((one) => /^extension\/dist\/[\w-]+\.cjs$/.test(one))) {
      for (const [, reached] of entries
        .get(name)()
        .toString()
        .matchAll(/(?:import|require)\("\.\/([\w-]+\.cjs)"\)/g))
        if (!names.includes(`extension/dist/${reached}`)) throw new Error(`${name} reaches ${reached}`)
    }
  })
}

async function findTools() {
  const codeServer = process.env.CODE_SERVER ?? found(['code-server'])
  const chrome = process.env.CHROMIUM ?? found(['chromium', 'google-chrome', 'chrome'])
  const playwright = await loadPlaywright()
  const missing = [
    !codeServer && 'code-server (CODE_SERVER)',
    !chrome && 'a Chromium (CHROMIUM)',
    !playwright && 'playwright-core (PLAYWRIGHT)',
  ].filter(Boolean)
  if (missing.length === 0) return { chromium: playwright.chromium, chrome }
  total.skipped++
  console.log(`skipped: what people do in VS Code, for there is no ${missing.join(', no ')}`)
  return undefined
}

/** The first of some programs that is on the PATH, absolute. */
function found(programs) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return programs.flatMap((name) => folders.map((one) => join(one, name))).find((file) => existsSync(file))
}

async function loadPlaywright() {
  const { PLAYWRIGHT } = process.env
  try {
    const module = await import(
      PLAYWRIGHT ? pathToFileURL(join(resolve(PLAYWRIGHT), 'index.mjs')).href : 'playwright-core'
    )
    return module.chromium ? module : module.default
  } catch {
    return undefined
  }
}

function codeServerCommand() {
  const program = process.env.CODE_SERVER ?? found(['code-server'])
  return /\.[cm]?js$/.test(program) ? [process.execPath, resolve(program)] : [program]
}

async function verifyTrusted(browser) {
  const scene = makeScene()
  const settings = {
    'security.workspace.trust.enabled': false,
    'editor.codeActionsOnSave': { 'source.fixAll.daemonlint': 'explicit' },
  }
  const workbench = await startWorkbench({
    codeServer: codeServerCommand(),
    vsix,
    settings,
    browser,
    folder: scene.folder,
  })
  const { page, open, command, goTo, choose, until } = workbench
  const save = () => page.keyboard.press('Control+S')
  const lineOf = (name, part) =>
    scene
      .text(name)
      .split('\n')
      .findIndex((line) => line.includes(part)) + 1
  /** Waits until the panel lists exactly what the command lists. */
  const shows = async (name, without) => {
    const wanted = scene
      .findings(name)
      .filter(({ code }) => code !== without)
      .map((one) => `${one.message}daemonlint${one.code}[Ln ${one.line + 1}, Col ${one.character + 1}]`)
    let listed = []
    try {
      await until('', async () => {
        listed = await page.locator('.markers-panel .monaco-list-row:not([aria-level="1"])').allTextContents()
        return listed.length === wanted.length && wanted.every((one) => listed.includes(one))
      })
    } catch {
      const missing = wanted.filter((one) => !listed.includes(one))
      throw new Error(`Listed: ${listed.length} instead of ${wanted.length}; missing: ${missing[0]}`)
    }
  }
  const checking = (name, test) => check(name, page, test)
  try {
    await checking('underlines what is found, and lists what the command lists', async () => {
      await open('agent.yaml')
      await page.waitForSelector('.squiggly-warning', { timeout: 60_000 })
      await command('Problems: Focus on Problems View')
      await shows('agent.yaml')
    })
    await checking('describes a field and a finding under the pointer', async () => {
      await open('agent.yaml')
      await goTo(lineOf('agent.yaml', 'updateStrategy'), 6)
      await command('Show or Focus Hover')
      await until('the description is there', async () =>
        (await page.locator('.monaco-hover:not(.hidden) .hover-contents').allInnerTexts())
          .join('\n')
          .includes('updateStrategy'),
      )
    })
    await checking('completes a field', async () => {
      await open('agent.yaml')
      await goTo(lineOf('agent.yaml', 'serviceAccount'), 200)
      await page.keyboard.press('Enter')
      await page.keyboard.type('hostNet')
      await page.keyboard.press('Control+Space')
      await until('hostNetwork is offered', async () =>
        (await page.locator('.suggest-widget .monaco-list-row').allInnerTexts())
          .join('\n')
          .includes('hostNetwork'),
      )
    })
    await page.keyboard.press('Escape')
    await command('File: Revert File')
    await checking('offers to pass a finding over', async () => {
      await open('agent.yaml')
      await goTo(lineOf('agent.yaml', 'OnDelete') + 1, 6)
      await page.keyboard.press('Control+.')
      await until('the menu is there', async () =>
        /disable/i.test(await page.locator('.action-widget').textContent()),
      )
    })
    await checking('passes it over with a comment', async () => {
      const offered = await page.locator('.action-widget .monaco-list-row.action').allTextContents()
      const wanted = offered.findIndex((title) => /^Disable .* line/.test(title))
      for (let index = 0; index < wanted; index++) await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await until('the comment is there', async () =>
        (await page.locator('.editor-instance .view-lines').textContent())
          .replaceAll('\u00a0', ' ')
          .includes('daemonlint-disable'),
      )
    })
    await command('File: Revert File')
    await checking('mends on saving', async () => {
      await open('agent.yaml')
      const fixed = scene.fixed('agent.yaml')
      await goTo(1, 1)
      await page.keyboard.type('# saved\n')
      await save()
      await until('the file on the disk is mended', () => scene.text('agent.yaml') === `# saved\n${fixed}`)
      await shows('agent.yaml')
    })
    await checking('mends by its command', async () => {
      const fixed = scene.fixed('rejected.yaml')
      await open('rejected.yaml')
      await page.waitForSelector('.squiggly-error', { timeout: 30_000 })
      await command('daemonlint: Fix All in This File')
      await until(
        'nothing is underlined any more',
        async () => (await page.locator('.squiggly-error').count()) === 0,
      )
      await save()
      await until('the file is as --fix leaves it', () => scene.text('rejected.yaml') === fixed)
    })
    await checking('takes a configuration that changes on the disk', async () => {
      await command('View: Close All Editors')
      await open('agent.yaml')
      await command('Problems: Focus on Problems View')
      writeFileSync(
        join(scene.folder, 'daemonlint.config.yaml'),
        `${scene.text('daemonlint.config.yaml')}rules: { ${turnedOff}: off }\n`,
      )
      await shows('agent.yaml', turnedOff)
    })
    await checking('shows the page of a rule', async () => {
      await open('agent.yaml')
      await command('daemonlint: Show the Page of a Rule')
      await choose('memory-limit')
      await until('the page is there', async () => {
        for (const frame of page.frames()) {
          const heading = frame.locator('h1#memory-limit, h1:has-text("memory-limit")')
          if ((await heading.count()) > 0) return true
        }
        return false
      })
    })
    await checking('makes a new DaemonSet', async () => {
      await command('daemonlint: New DaemonSet')
      await choose('node-exporter')
      await choose('One file')
      await choose('Write It')
      const made = join(scene.folder, 'node-exporter')
      await until(
        'it is on the disk',
        () => existsSync(made) && readdirSync(made).some((name) => name.endsWith('.yaml')),
      )
      await until('it is open', async () => /\.yaml/.test(await page.locator('.tab.active').textContent()))
    })
    await checking('never overwrites one', async () => {
      const made = join(scene.folder, 'node-exporter')
      const [name] = readdirSync(made).filter((one) => one.endsWith('.yaml'))
      writeFileSync(join(made, name), '# mine\n')
      await command('daemonlint: New DaemonSet')
      await choose('node-exporter')
      await choose('One file')
      await choose('Write It')
      await until('it says so', async () =>
        (await page.locator('.notifications-toasts').textContent()).includes('Nothing was written'),
      )
      if (readFileSync(join(made, name), 'utf8') !== '# mine\n') throw new Error('It was overwritten.')
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
    })
    await checking('leaves templates of charts alone', async () => {
      await open('chart/templates/daemonset.yaml')
      await page.waitForTimeout(2000)
      if ((await page.locator('[class*="squiggly-"]').count()) > 0)
        throw new Error('Something is underlined.')
    })
    await checking('starts the server anew', async () => {
      await command('View: Close All Editors')
      await open('agent.yaml')
      await command('daemonlint: Restart the Server')
      await command('Problems: Focus on Problems View')
      await shows('agent.yaml', turnedOff)
    })
    await checking('shows how the server does, and which configuration it goes by', async () => {
      await open('agent.yaml')
      await page.locator('[id="status.languageStatus"]').click()
      await until('it says that it runs, and for which versions it judges', async () => {
        const shown = (await page.locator('.hover-language-status').allInnerTexts()).join('\n')
        return shown.includes('daemonlint: running') && /daemonlint.*\n*.*Kubernetes 1\.\d+/.test(shown)
      })
    })
    await checking('says which setting leads nowhere, and serves again once it is mended', async () => {
      const file = join(scene.folder, '.vscode', 'settings.json')
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, '{ "daemonlint.path": "nowhere" }')
      await until('it says so', async () =>
        (await page.locator('.notification-list-item-message').allTextContents())
          .join('\n')
          .includes("daemonlint.path is 'nowhere'"),
      )
      await until(
        'nothing is underlined',
        async () => (await page.locator('[class*="squiggly-"]').count()) === 0,
      )
      writeFileSync(file, '{}')
      await page.waitForSelector('.squiggly-warning', { timeout: 30_000 })
    })
  } finally {
    await workbench.stop()
    scene.remove()
  }
}

/** In a folder that nobody vouches for, a configuration that is a program does not run. */
async function verifyUntrusted(browser) {
  const workspace = realpathSync(mkdtempSync(join(tmpdir(), 'daemonlint-untrusted-')))
  const proof = join(workspace, 'it-ran')
  writeFileSync(
    join(workspace, 'daemonlint.config.mjs'),
    `import { writeFileSync } from 'node:fs'\nwriteFileSync(${JSON.stringify(proof)}, '')\nexport default ['daemonlint/recommended']\n`,
  )
  writeFileSync(
    join(workspace, 'agent.yaml'),
    'apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: agent\nspec:\n  replicas: 3\n',
  )
  const settings = { 'security.workspace.trust.enabled': true }
  const workbench = await startWorkbench({
    codeServer: codeServerCommand(),
    vsix,
    settings,
    browser,
    folder: workspace,
  })
  const { page, open, command, until } = workbench
  try {
    await check('runs no program of a folder that is not trusted, and says so', page, async () => {
      await open('agent.yaml')
      await page.waitForSelector('.squiggly-error', { timeout: 60_000 })
      await command('Problems: Focus on Problems View')
      await until('the panel says so', async () =>
        /trust/i.test(await page.locator('.markers-panel').textContent()),
      )
      if (existsSync(proof)) throw new Error('The configuration ran.')
    })
    await check('runs it once the folder is trusted', page, async () => {
      await command('Workspaces: Manage Workspace Trust')
      await page
        .locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ })
        .first()
        .click()
      await until('it ran', () => existsSync(proof))
    })
  } finally {
    await workbench.stop()
    rmSync(workspace, { recursive: true, force: true })
  }
}

async function check(name, page, test) {
  try {
    await test()
    total.passed++
    console.log(`  ok ${name}`)
  } catch (error) {
    total.failed++
    console.log(`  FAILED ${name}: ${error.message.split('\n')[0]}`)
  }
  if (!values.screenshots) return
  const file = `${String(++shots).padStart(2, '0')}-${name.replace(/\W+/g, '-').slice(0, 60)}.png`
  await page.screenshot({ path: join(values.screenshots, file) })
}

function checkNow(name, test) {
  try {
    test()
    total.passed++
    console.log(`  ok ${name}`)
  } catch (error) {
    total.failed++
    console.log(`  FAILED ${name}: ${error.message}`)
  }
}

function newestVsix() {
  const dist = join(folder, 'dist')
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = join(dist, `${name}-${version}.vsix`)
  return existsSync(file) ? file : undefined
}

function finish(skipped) {
  total.skipped += skipped
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
  process.exit(total.failed > 0 ? 1 : 0)
}
