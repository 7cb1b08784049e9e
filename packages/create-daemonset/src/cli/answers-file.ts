import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { resolve } from 'node:path'
import { systemReason } from '@daemonlint/node'
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type Scalar } from 'yaml'
import { ScaffoldError } from '../errors.ts'
import type { Answers } from '../questions.ts'
import { writeValue } from '../write-yaml.ts'

/** The file that a run writes beside what it makes. Its name ends in nothing that kubectl or a linter would read. */
export const answersFileName = 'create-daemonset.answers'

/** The most that is read, in bytes. What goes on forever ends here. */
const most = 2 ** 20

/**
 * Reads answers, as YAML or JSON.
 * @param path as given, from `cwd`
 * @throws ScaffoldError that says what is wrong with the file
 */
export function readAnswers(path: string, cwd: string): Answers {
  try {
    const value = parse(readText(resolve(cwd, path)))
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new ScaffoldError("expected answers by their keys, such as 'preset: fluent-bit'.")
    return value as Answers
  } catch (error) {
    const why = error instanceof ScaffoldError ? error.message : `it cannot be read: ${systemReason(error)}.`
    throw new ScaffoldError(`--answers ${path}: ${why}`)
  }
}

/**
 * The text of a file. Of what is no regular file only what the process was given is read, as in `--answers <(command)`:
 * others may never end, or never begin.
 */
function readText(path: string): string {
  const given = /^\/(?:dev|proc\/self)\/(?:fd\/(\d+)|stdin)$/.exec(path)
  // A pipe would wait here for whoever writes into it.
  const fd = given ? Number(given[1] ?? 0) : openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stats = fstatSync(fd)
    if (stats.isDirectory()) throw new ScaffoldError('it cannot be read: it is a directory.')
    if (!stats.isFile() && !(given && (stats.isFIFO() || stats.isSocket())))
      throw new ScaffoldError('it cannot be read: it is no regular file.')
    return new TextDecoder('utf-8', { fatal: true }).decode(readAll(fd))
  } catch (error) {
    throw error instanceof TypeError ? new ScaffoldError('it is no text in UTF-8.') : error
  } finally {
    if (!given) closeSync(fd)
  }
}

function readAll(fd: number): Uint8Array {
  const bytes = Buffer.alloc(most + 1)
  let length = 0
  while (length <= most) {
    const count = readSome(fd, bytes, length)
    if (count === 0) return bytes.subarray(0, length)
    length += count
  }
  throw new ScaffoldError('it cannot be read: it is larger than 1 MiB.')
}

/** @returns how many bytes there were, 0 at the end */
function readSome(fd: number, bytes: Buffer, offset: number): number {
  for (;;) {
    try {
      return readSync(fd, bytes, offset, bytes.length - offset, null)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      // How Windows tells the end.
      if (code === 'EOF') return 0
      if (code !== 'EAGAIN') throw error
      // A pipe that does not block: wait for the writer.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2)
    }
  }
}

/** What is wrong, by the codes of `yaml`. */
const wordsFor: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'after * or & stands a name; put the value in quotes if it is text',
  BAD_COLLECTION_TYPE: 'the tag does not fit the value; write it without one',
  BAD_DQ_ESCAPE: 'what follows the backslash means nothing in double quotes; use single quotes',
  BAD_INDENT: 'the indentation fits nothing above it, or a bracket is not closed',
  BAD_SCALAR_START: 'a value begins with a sign that means something else in YAML; put it in quotes',
  BLOCK_AS_IMPLICIT_KEY: "a value holds ': ', or what follows is indented too much; put text in quotes",
  BLOCK_IN_FLOW: 'within brackets no lines of their own can stand; check that every bracket is closed',
  MISSING_CHAR: 'something is missing: a colon, a comma, a bracket or a quote',
  MULTILINE_IMPLICIT_KEY: 'a key goes on over several lines; look for a missing colon or quote',
  MULTIPLE_DOCS: 'a second document begins; answers are one',
  RESOURCE_EXHAUSTION: 'it is nested too deeply',
  TAB_AS_INDENT: 'a tab is no indentation; use spaces',
  TAG_RESOLVE_FAILED: 'the tag means nothing here; write the value without one',
}

/** @throws ScaffoldError with the place of what is wrong */
function parse(text: string): unknown {
  const lineCounter = new LineCounter()
  const { errors, warnings, contents } = parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    resolveKnownTags: false,
    // Found here, and faster.
    uniqueKeys: false,
  })
  const refuse = (offset: number, why: string) => {
    const { line, col } = lineCounter.linePos(offset)
    return new ScaffoldError(`line ${line}, column ${col}: ${why}.`)
  }
  const [mistake] = [...errors, ...warnings.filter(({ code }) => code === 'TAG_RESOLVE_FAILED')]
  if (mistake) throw refuse(mistake.pos[0], wordsFor[mistake.code] ?? 'this is no YAML')
  /** Null for what may not be repeated: a list or a map, which may hold itself, or grow without end. */
  const anchors = new Map<string, Scalar | null>()
  return plain(contents)

  function plain(node: Node | null): unknown {
    const at = node?.range?.[0] ?? 0
    if (isAlias(node)) {
      const found = anchors.get(node.source)
      if (found) return scalarValue(found)
      throw refuse(
        at,
        found === null
          ? `*${node.source} stands for a list or a map; write it out`
          : `*${node.source} stands for nothing: no &${node.source} is above; put it in quotes if it is text`,
      )
    }
    if (isScalar(node)) {
      if (node.anchor) anchors.set(node.anchor, node)
      return scalarValue(node)
    }
    if (isSeq<Node | null>(node)) {
      if (node.anchor) anchors.set(node.anchor, null)
      return node.items.map(plain)
    }
    if (!isMap<Node | null, Node | null>(node)) return null
    if (node.anchor) anchors.set(node.anchor, null)
    const values = new Map<string, unknown>()
    for (const { key, value } of node.items) {
      const place = key?.range?.[0] ?? at
      if (!isScalar(key) || typeof key.value !== 'string') throw refuse(place, 'a key is no text')
      if (key.anchor) anchors.set(key.anchor, key)
      if (values.has(key.value)) throw refuse(place, `'${key.value}' is there twice`)
      values.set(key.value, plain(value))
    }
    return Object.fromEntries(values)
  }
}

/** `1.30` may be meant as a text: a number that would be shown otherwise stays as it was written. */
function scalarValue({ value, source }: Scalar): unknown {
  return typeof value === 'number' && source !== undefined && source !== String(value) ? source : value
}

/** The text of the file: every answer, defaults too, so that a later version replays the same. */
export function answersText(answers: Answers, replay: string): string {
  return writeValue(answers, { header: `Makes the same again:\n${replay}` })
}
