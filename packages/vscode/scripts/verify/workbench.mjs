// VS Code's own workbench in a browser: code-server, driven through Playwright. Nothing here reaches beyond this machine.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * @typedef {object} Workbench
 * @property {import('playwright-core').Page} page
 * @property {(name: string) => Promise<void>} open a file, by its path in the folder
 * @property {(title: string) => Promise<void>} command runs one of the palette's
 * @property {(line: number, column?: number) => Promise<void>} goTo from 1
 * @property {(typed: string) => Promise<void>} choose one of a list that is open
 * @property {(what: string, holds: () => Promise<boolean> | boolean) => Promise<void>} until waits, and throws where it never holds
 * @property {() => Promise<void>} stop
 */

/**
 * Starts it with an extension in it, on a folder.
 * @param {object} given
 * @param {string[]} given.codeServer the program and its first arguments
 * @param {string} given.vsix
 * @param {object} given.settings of the person
 * @param {object} given.browser of Playwright
 * @param {string} given.folder absolute
 * @returns {Promise<Workbench>}
 */
export async function startWorkbench({ codeServer, vsix, settings, browser, folder }) {
  const home = mkdtempSync(join(tmpdir(), 'daemonlint-workbench-'))
  const [program, ...first] = codeServer
  const folders = ['--user-data-dir', join(home, 'data'), '--extensions-dir', join(home, 'extensions')]
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home }
  mkdirSync(join(home, 'data', 'User'), { recursive: true })
  writeFileSync(join(home, 'data', 'User', 'settings.json'), JSON.stringify({ ...quiet, ...settings }))
  const installed = spawnSync(program, [...first, ...folders, '--install-extension', vsix], {
    env,
    encoding: 'utf8',
  })
  if (installed.status !== 0) throw new Error(`The extension was not installed: ${installed.stderr}`)
  const port = await freePort()
  const args = [
    '--auth',
    'none',
    '--bind-addr',
    `127.0.0.1:${port}`,
    '--disable-telemetry',
    '--disable-update-check',
  ]
  const server = spawn(program, [...first, ...folders, ...args, folder], {
    env,
    stdio: 'ignore',
    detached: true,
  })
  const end = () => {
    try {
      // Its children too.
      process.kill(-server.pid)
    } catch {
      // It ended by itself.
    }
  }
  process.once('exit', end)
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } })
  const page = await context.newPage()
  await until('the server answers', () =>
    fetch(`http://127.0.0.1:${port}/healthz`).then(
      () => true,
      () => false,
    ),
  )
  await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`)
  await page.waitForSelector('.monaco-workbench', { timeout: 60_000 })
  await page.waitForSelector('.explorer-folders-view', { timeout: 60_000 })

  const input = page.locator('.quick-input-widget:visible input[type="text"]')
  const rows = page.locator('.quick-input-list .monaco-list-row')
  /** Opens the list, and types again where the first keys came before it listened. */
  const ask = async (key, text) => {
    await until(`${text} can be typed`, async () => {
      await page.keyboard.press('Escape')
      await page.keyboard.press(key)
      await input.waitFor({ timeout: 3000 })
      await input.pressSequentially(text, { timeout: 5000 })
      return (await input.inputValue()).endsWith(text)
    })
  }
  const offers = async (text, milliseconds) => {
    const end = Date.now() + milliseconds
    while (Date.now() < end) {
      const [first = ''] = await rows.allTextContents()
      if (squeezed(first).includes(squeezed(text))) return true
      await page.waitForTimeout(100)
    }
    return false
  }
  const choose = async (text) => {
    if (!(await offers(text, 30_000))) throw new Error(`${text} is not among the choices`)
    await page.keyboard.press('Enter')
  }
  return {
    page,
    until,
    async open(name) {
      const base = name.split('/').at(-1)
      // Absolute: to look for a file would take a program that is not always there.
      await ask('Control+P', join(folder, name))
      await choose(base)
      await until(`${name} is open`, async () =>
        (await page.locator('.tab.active').first().textContent()).includes(base),
      )
      await page.locator('.editor-instance .view-lines').first().click()
    },
    async command(title) {
      // A list that is open does not grow when an extension comes.
      await until(`${title} is among the commands`, async () => {
        await ask('F1', title)
        return offers(title, 3000)
      })
      await page.keyboard.press('Enter')
    },
    async goTo(line, column = 1) {
      await ask('Control+G', `${line}:${column}`)
      await page.keyboard.press('Enter')
    },
    async choose(typed) {
      await rows.first().waitFor()
      await input.pressSequentially(typed)
      await choose(typed)
    },
    async stop() {
      await context.close()
      end()
      process.off('exit', end)
      await new Promise((done) => (server.exitCode === null ? server.once('exit', done) : done()))
      rmSync(home, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function squeezed(text) {
  return text.replace(/\s+/g, '').toLowerCase()
}

/** Nothing that moves, asks, or calls home. */
const quiet = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.settings.enableNaturalLanguageSearch': false,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
  'editor.minimap.enabled': false,
  'editor.accessibilitySupport': 'off',
  'files.autoSave': 'off',
  'files.hotExit': 'off',
  'git.enabled': false,
}

async function until(what, holds, milliseconds = 30_000) {
  const end = Date.now() + milliseconds
  for (;;) {
    try {
      if (await holds()) return
    } catch (error) {
      if (Date.now() > end) throw error
    }
    if (Date.now() > end) throw new Error(`Never: ${what}`)
    await new Promise((done) => setTimeout(done, 100))
  }
}

function freePort() {
  return new Promise((done, failed) => {
    const server = createServer()
    server.once('error', failed)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })
}
