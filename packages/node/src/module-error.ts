import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ConfigError, type ErrorPlace } from '@daemonlint/core'
import { errorCode, isConfigError, sentence, systemReason } from './errors.ts'

/**
 * Says what went wrong while a module was loaded: what, where, what to do; no stack.
 * @param error anything that was thrown
 * @param filePath the module, absolute
 */
export async function explainFailure(error: unknown, filePath: string): Promise<Error> {
  if (isConfigError(error)) return error
  const code = errorCode(error)
  const message = error instanceof Error ? error.message : String(error)
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const first = message.split('\n', 1)[0] ?? ''

  if (/MODULE_NOT_FOUND|ERR_UNSUPPORTED_DIR_IMPORT/.test(code)) {
    const name = /'([^']+)'/.exec(first)?.[1] ?? first
    if (isFile(name) && samePath(name, filePath)) return new ConfigError('No such file.', { filePath })
    const advice = isFile(name) ? 'Correct the path' : `Install it there (npm install ${packageOf(name)})`
    return new ConfigError(`It imports '${name}', which is not found from ${dirname(filePath)}. ${advice}.`, {
      filePath,
    })
  }
  if (code === 'ERR_REQUIRE_ESM') {
    return new ConfigError(`It requires an ES module: ${sentence(first)} Use import, in a file named .mjs.`, {
      filePath,
    })
  }
  if (error instanceof Error && 'syscall' in error && code !== '') {
    return new ConfigError(`Cannot be read: ${systemReason(error)}.`, { filePath })
  }
  if (error instanceof Error && error.name === 'SyntaxError') {
    return new ConfigError(sentence(first), await syntaxPlace(stack, filePath))
  }
  const kind = error instanceof Error && error.name !== 'Error' ? `${error.name}: ` : ''
  return new ConfigError(`It threw an error: ${kind}${sentence(first)}`, framePlace(stack, filePath))
}

function isFile(name: string): boolean {
  return /^(file:|[./\\]|[A-Za-z]:)/.test(name)
}

function packageOf(name: string): string {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')
}

/** The first line of the stack that stands in the module. */
function framePlace(stack: string, filePath: string): ErrorPlace {
  for (const line of stack.split('\n')) {
    const match = /(?:\(|at |^)((?:file:\/\/|\/|[A-Za-z]:\\)[^()]*?):(\d+):(\d+)\)?$/.exec(line.trim())
    if (match?.[1] && samePath(match[1], filePath)) {
      return { filePath, line: Number(match[2]), column: Number(match[3]) }
    }
  }
  return { filePath }
}

/**
 * CommonJS errors of syntax begin with their place; those of ES modules do not tell theirs to the program, so that
 * Node is asked to check the file.
 */
async function syntaxPlace(stack: string, filePath: string): Promise<ErrorPlace> {
  const place = leadingPlace(stack)
  if (place) return place
  const { execFileSync } = await import('node:child_process')
  try {
    execFileSync(process.execPath, ['--check', filePath], { stdio: 'pipe', env: {} })
  } catch (error) {
    const output = String((error as { stderr?: unknown }).stderr ?? '')
    return leadingPlace(output) ?? { filePath }
  }
  return { filePath }
}

function leadingPlace(text: string): ErrorPlace | undefined {
  const [head = '', , marker = ''] = text.split('\n')
  const match = /^(.+):(\d+)$/.exec(head)
  if (!match?.[1]) return undefined
  const caret = /^\s*\^/.test(marker) ? marker.indexOf('^') + 1 : undefined
  return { filePath: plainPath(match[1]), line: Number(match[2]), column: caret }
}

function samePath(name: string, filePath: string): boolean {
  return plainPath(name) === filePath
}

function plainPath(name: string): string {
  if (!name.startsWith('file:')) return name
  try {
    return fileURLToPath(name.replace(/\?.*$/, ''))
  } catch {
    return name
  }
}
