import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

const escapeKey = '\x1b'

/**
 * Types into Helix in a terminal of its own, which `script` of util-linux makes, and reads its screen and what it saves.
 * @param {{ program: string, env: object, home: string, expected: object, scene: object, tell: (line: string) => void }} given
 */
export async function helixChecks({ program, env, home, expected, scene, tell }) {
  if (spawnSync('script', ['--version']).status !== 0)
    return tell('skipped helix: script (util-linux) is not on the PATH, which makes a terminal for it')
  configure(home, expected.command)
  const [{ line }] = expected.findings['agent.yaml'].filter(({ code }) => code === 'service-account-alias')
  const { places, words } = expected

  await inHelix('agent.yaml', async ({ type, shows }) => {
    await check('shows what the command finds', async () => {
      await shows('main [agent.yaml]', 'agent.yaml')
      for (const one of expected.findings['agent.yaml']) {
        await type(`:${one.line + 1}\r`)
        // The line is too narrow for all of it, and one line may hold several findings.
        if (isFirstOfLine(one)) await shows(one.message, one.message.slice(0, 40))
      }
    })
    await check('describes a field', async () => {
      await type(`:${places.hover.line + 1}\rgs k`)
      await shows('the description of a field', words.hover)
      await type(escapeKey)
    })
    await check('applies an action', async () => {
      await type(`:${line + 1}\rgs`)
      await type(' a', 1500)
      await type('\r', 500)
      await type(':w\r')
      await saved('agent.yaml', (text) => text.includes('serviceAccountName: agent'))
    })
    await check('completes a field', async () => {
      await type(`:${places.completion}\ro`)
      await type(words.typed.trim(), 500)
      await type('\x18', 1500)
      await type('\x0e\r', 500)
      // With what follows at once it would mean another key.
      await type(escapeKey, 300)
      await type(':w\r')
      await saved('agent.yaml', (text) => /^ {6}hostNetwork/m.test(text))
    })
  })
  await inHelix('chart/templates/daemonset.yaml', async ({ shows, screen }) => {
    await check('shows nothing in a template of a chart', async () => {
      await shows('the file', 'toYaml')
      await pause(1500)
      if (/Container `|has no/.test(screen())) throw new Error(screen().slice(-500))
    })
  })

  function isFirstOfLine(one) {
    return expected.findings['agent.yaml'].find((other) => other.line === one.line) === one
  }

  async function check(name, test) {
    try {
      await test()
      tell(`ok ${name}`)
    } catch (error) {
      tell(`FAILED ${name}: ${error.message}`)
    }
  }

  async function saved(name, holds) {
    if (!(await until(() => holds(scene.text(name))))) throw new Error(`${name} holds ${scene.text(name)}`)
  }

  async function inHelix(name, work) {
    const quoted = [program, name].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
    const child = spawn('script', ['-qfec', `stty rows 50 cols 200; exec ${quoted}`, '/dev/null'], {
      cwd: scene.folder,
      env: { ...env, TERM: 'xterm-256color', SHELL: '/bin/sh' },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text
    })
    const exited = new Promise((done) => child.on('close', done))
    const screen = () => stripVTControlCharacters(output)
    const type = async (keys, milliseconds = 150) => {
      output = ''
      child.stdin.write(keys)
      await pause(milliseconds)
    }
    const shows = async (what, text) => {
      // Blanks are not written where the screen has them already.
      if (!(await until(() => squeezed(screen()).includes(squeezed(text)))))
        throw new Error(`expected ${what}; the screen shows ${screen().slice(-500)}`)
    }
    try {
      await work({ type, shows, screen })
    } finally {
      await type(escapeKey, 300)
      await type(':q!\r')
      setTimeout(() => child.kill('SIGKILL'), 3000).unref()
      await exited
    }
  }
}

function squeezed(text) {
  return text.replace(/\s+/g, '')
}

/** What people write into `languages.toml`. */
function configure(home, [command, ...args]) {
  mkdirSync(join(home, 'helix'), { recursive: true })
  writeFileSync(
    join(home, 'helix', 'languages.toml'),
    `[language-server.daemonlint]
command = ${JSON.stringify(command)}
args = ${JSON.stringify(args)}

[[language]]
name = "yaml"
language-servers = ["daemonlint"]
`,
  )
  // Findings of the line at the cursor below it, whatever their severity.
  writeFileSync(
    join(home, 'helix', 'config.toml'),
    '[editor]\nend-of-line-diagnostics = "disable"\n[editor.inline-diagnostics]\ncursor-line = "hint"\n',
  )
}

async function until(holds, milliseconds = 15000) {
  const end = Date.now() + milliseconds
  while (!holds()) {
    if (Date.now() > end) return false
    await pause(50)
  }
  return true
}

function pause(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds))
}
