import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const script = fileURLToPath(new URL('../../scripts/conformance.mjs', import.meta.url))
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daemonlint-test-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function run(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const env = { ...process.env }
  delete env.KUBECONFIG
  return new Promise((resolve) =>
    execFile(process.execPath, [script, ...args], { env, encoding: 'utf8' }, (error, stdout, stderr) =>
      resolve({ status: Number(error?.code ?? 0), stdout, stderr }),
    ),
  )
}

/** A command that gives every file the same answer. */
function commandOf(answer: object): string {
  const file = join(folder, 'command.mjs')
  writeFileSync(
    file,
    `import { readFileSync } from 'node:fs'
for (const file of readFileSync(0, 'utf8').split('\\n').filter(Boolean)) {
  console.log(JSON.stringify({ file, ...${JSON.stringify(answer)} }))
}
`,
  )
  return `"${process.execPath}" "${file}"`
}

describe('--verdicts', () => {
  it('prints each disagreement and ends with 1', async () => {
    const { status, stdout } = await run('--verdicts', commandOf({ verdict: 'accept' }), 'no-replicas')
    expect(stdout).toMatch(/^differs {2}fields\.yaml:\d+ no-replicas, invalid "one": the server accepts it$/m)
    expect(stdout).toMatch(/^3 cases: 1 agree, 2 differ$/m)
    expect(status).toBe(1)
  })

  it('compares fields and warnings', async () => {
    const rejects = { verdict: 'reject', causes: [{ field: 'spec.x', message: 'no' }] }
    const refused = await run('--verdicts', commandOf(rejects), 'no-replicas')
    expect(refused.stdout).toContain('valid "none": the server refuses it: spec.x: no')
    expect(refused.stdout).toContain('invalid "one": the server names spec.x, the case does not: spec.x: no')
    const warned = await run('--verdicts', commandOf({ verdict: 'accept', warnings: ['x'] }), 'missing-kind')
    expect(warned.stdout).toContain('valid "both are stated": the server warns: "x"')
  })

  it('counts the cases of other versions that it skips, and names them if asked', async () => {
    const command = commandOf({ verdict: 'accept' })
    const args = ['--verdicts', command, '--server-version', '1.30', 'field-version']
    const { stdout } = await run(...args)
    expect(stdout).toMatch(/^Kubernetes 1\.30$/m)
    expect(stdout.match(/^skipped .*1\.29.*$/gm)).toEqual([
      expect.stringMatching(/^skipped {2}\d+, about 1\.29 only$/),
    ])
    expect(stdout).not.toContain('about 1.30 only')
    expect(stdout).toMatch(/; \d+ skipped$/m)
    const named = await run('--verbose', ...args)
    expect(named.stdout).toMatch(/^skipped {2}fields\.yaml:\d+ field-version, .*: about 1\.29 only$/m)
    expect(named.stdout).not.toMatch(/^skipped {2}\d/m)
  })

  it('skips what a server decides by handling the request', async () => {
    const { stdout } = await run('--verdicts', commandOf({ verdict: 'accept' }), 'duplicate-owner-reference')
    expect(stdout).toMatch(
      /^skipped {2}2, decided by a server's handling of requests: only a cluster shows it$/m,
    )
    expect(stdout).toMatch(/^\d+ cases: \d+ agree, 0 differ; 2 skipped$/m)
  })

  it.skipIf(process.platform === 'win32').each([
    ['exit 3', 'failed: exit code 3'],
    ['echo no', 'printed what is no JSON: no'],
    ["echo '{}'", 'gave no verdict'],
    ['cat > /dev/null', 'said nothing of'],
  ])('ends with 2 where the command is none: %s', async (command, message) => {
    const { status, stderr } = await run('--verdicts', command)
    expect(stderr).toContain(message)
    expect(stderr).not.toContain('    at ')
    expect(status).toBe(2)
  })
})

describe('a cluster', () => {
  type Handle = (request: IncomingMessage, body: string, response: ServerResponse) => void

  /** Answers like an API server. */
  async function serve(handle: Handle, work: (kubeconfig: string) => Promise<void>): Promise<void> {
    const server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        if (request.url === '/prefix/version') response.end('{"gitVersion":"v1.36.1"}')
        else handle(request, body, response)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const file = join(folder, 'kubeconfig')
    writeFileSync(
      file,
      `clusters: [{ name: c, cluster: { server: 'http://127.0.0.1:${port}/prefix' } }]
users: [{ name: u, user: { token: secret } }, { name: e, user: { exec: { command: x } } }]
contexts: [{ name: a, context: { cluster: c, user: u } }, { name: b, context: { cluster: c, user: e } }]
current-context: a
`,
    )
    try {
      await work(file)
    } finally {
      server.close()
    }
  }

  it('is asked by strict dry runs in the namespace of the manifest', async () => {
    const asked: string[] = []
    const handle: Handle = ({ method, url, headers }, body, response) => {
      asked.push(`${method} ${url} ${headers['content-type']} ${headers.authorization}`)
      const refused = /^ {2}replicas:/m.test(body)
      response.statusCode = refused ? 400 : 201
      response.end(refused ? '{"message":"no"}' : '{}')
    }
    await serve(handle, async (file) => {
      const { status, stdout } = await run('--kubeconfig', file, 'api-server/no-replicas')
      expect(stdout).toBe('Kubernetes v1.36.1\n3 cases: 3 agree, 0 differ\n')
      expect(status).toBe(0)
      expect([...new Set(asked)]).toEqual([
        'POST /prefix/apis/apps/v1/namespaces/default/daemonsets?dryRun=All&fieldValidation=Strict application/yaml Bearer secret',
      ])
    })
  })

  it('is asked what it decides by handling the request', async () => {
    const names: string[] = []
    const handle: Handle = (_, body, response) => {
      names.push(/generateName: (.*)/.exec(body)?.[1] ?? '')
      response.end('{}')
    }
    await serve(handle, async (file) => {
      await run('--kubeconfig', file, 'generate-name')
      expect(names).toContain('a/-')
    })
  })

  it('warns in a header, names fields in causes, and may have the DaemonSet already', async () => {
    const handle: Handle = (_, body, response) => {
      response.statusCode = /^ {2}replicas:/m.test(body) ? 422 : 409
      response.setHeader('Warning', ['299 - "say \\"a\\", b"', '299 - "c"'])
      response.end('{"reason":"AlreadyExists","message":"m","details":{"causes":[{"field":"spec.x"}]}}')
    }
    await serve(handle, async (file) => {
      const { stdout } = await run('--kubeconfig', file, 'no-replicas')
      expect(stdout).toContain('valid "none": the server warns: "say "a", b", "c"')
      expect(stdout).toContain('invalid "one": the server names spec.x, the case does not: 422 m')
    })
  })

  it('that refuses everything is no help', async () => {
    const handle: Handle = (_, __, response) => {
      response.statusCode = 403
      response.end('{"message":"not you"}')
    }
    await serve(handle, async (file) => {
      const { status, stderr } = await run('--kubeconfig', file)
      expect(stderr).toContain('refuses even the DaemonSet that all cases start from')
      expect(stderr).toContain('403 not you')
      expect(status).toBe(2)
      const exec = await run('--kubeconfig', file, '--context', 'b')
      expect(exec.stderr).toContain('The user "e" logs in by `exec`, which is not supported here')
      expect(exec.status).toBe(2)
      const unknown = await run('--kubeconfig', file, '--context', 'z')
      expect(unknown.stderr).toContain('has no context "z"')
    })
  })

  it('that is not there is named', async () => {
    const file = join(folder, 'kubeconfig')
    writeFileSync(
      file,
      'clusters: [{ name: c, cluster: { server: "http://127.0.0.1:1" } }]\ncontexts: [{ name: a, context: { cluster: c } }]\ncurrent-context: a\n',
    )
    const { status, stderr } = await run('--kubeconfig', file)
    expect(stderr).toMatch(/^Cannot ask http:\/\/127\.0\.0\.1:1: .+\n$/)
    expect(status).toBe(2)
  })
})

describe('arguments', () => {
  it.each([
    [[], 'No cluster: set KUBECONFIG'],
    [['--nope'], "Unknown option '--nope'"],
    [['--kubeconfig', '/nowhere/kubeconfig'], 'Cannot read the kubeconfig /nowhere/kubeconfig'],
    [['--list', 'nope'], 'There are no cases of "nope"'],
    [['--kubeconfig', 'a', '--verdicts', 'b'], 'not both'],
  ])('%j', async (args, message) => {
    const { status, stderr } = await run(...args)
    expect(stderr).toContain(message)
    expect(stderr).not.toContain('    at ')
    expect(status).toBe(2)
  })

  it('lists cases', async () => {
    const { status, stdout } = await run('--list', 'kind.yaml')
    expect(stdout).toMatch(/^kind\.yaml:4 {2}missing-kind {2}valid: both are stated$/m)
    expect(stdout).toMatch(/^\d+ cases$/m)
    expect(status).toBe(0)
  })
})
