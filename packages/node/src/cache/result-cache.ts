import { existsSync } from 'node:fs'
import { resolve, sep } from 'node:path'
import type { Clusters } from '@daemonlint/core'
import { toSlashes } from '../paths.ts'
import { digestOf } from './digest.ts'
import type { AnswerKeys, Question } from './questions.ts'

/**
 * Results of earlier runs. One holds for a file as long as everything is the same that it rests on: what the file holds,
 * the configuration, and the answers to all that was asked about its surroundings.
 */
export interface ResultCache {
  /** @returns what was kept, as it was parsed from JSON; undefined where the file must be linted */
  find(file: CachedFile, answers: AnswerKeys): { result: unknown } | undefined
  /** @param result plain data, undefined for the most frequent one */
  keep(file: CachedFile, questions: readonly Question[], answers: AnswerKeys, result: unknown): void
  /** Forgets a file that cannot be kept. */
  drop(path: string): void
  /**
   * What a path is called in keys: relative to the cache's folder, so that a tree and its cache may be moved; what stands
   * outside of that folder has a name that changes when the tree is moved.
   */
  nameOf(path: string): string
  /** The text to write; undefined where it would be what was read. Files that are gone are not in it. */
  text(): string | undefined
}

export interface CachedFile {
  /** Absolute. */
  path: string
  digest: string
  /** Stands for the configuration and for the arguments. */
  config: string
  clusters: Clusters
}

const magic = 'daemonlint-cache'
const format = 1

/** True for a text that no cache wrote, so that it must not be overwritten. */
export function isForeign(text: string): boolean {
  return text !== '' && !text.startsWith(`${magic} `)
}

/**
 * Reads what {@link ResultCache.text} gave. What another version wrote, and what is damaged, counts as nothing.
 * @param text '' where there is none
 * @param version of the code that makes the results
 * @param folder where the cache lies, absolute
 */
export function createResultCache(text: string, version: string, folder: string): ResultCache {
  const { configs, questions, files } = read(text, version)
  const entries = new Map(Object.entries(files))
  const configAt = indexes(configs, String)
  const questionAt = indexes(questions, (question) => JSON.stringify(question))
  const seen = new Set<string>()
  const prefix = folder.endsWith(sep) ? folder : folder + sep
  let isChanged = false

  function nameOf(path: string): string {
    return path.startsWith(prefix) ? toSlashes(path.slice(prefix.length)) : `${folder}\0${path}`
  }

  function drop(path: string): void {
    if (entries.delete(nameOf(path))) isChanged = true
  }

  return {
    nameOf,
    drop,
    find({ path, digest, config, clusters }, answers) {
      const name = nameOf(path)
      const entry = entries.get(name)
      if (!entry) return undefined
      const [knownDigest, configIndex, asked, result] = entry
      if (knownDigest !== digest || configs[configIndex] !== config) return undefined
      for (let at = 0; at < asked.length; at += 2) {
        const question = questions[asked[at] as number]!
        if (answers(question, path, clusters) !== asked[at + 1]) return undefined
      }
      seen.add(name)
      return { result }
    },
    keep({ path, digest, config, clusters }, asked, answers, result) {
      const name = nameOf(path)
      const keys = asked.flatMap((question) => [questionAt(question), answers(question, path, clusters)])
      entries.set(
        name,
        result === undefined ? [digest, configAt(config), keys] : [digest, configAt(config), keys, result],
      )
      seen.add(name)
      isChanged = true
    },
    text() {
      if (!isChanged) return undefined
      for (const name of entries.keys()) {
        const path = name.includes('\0') ? name.slice(name.indexOf('\0') + 1) : resolve(folder, name)
        if (!seen.has(name) && !existsSync(path)) entries.delete(name)
      }
      return write({ configs, questions, files: Object.fromEntries(entries) }, version)
    },
  }
}

/** Gives things numbers, and adds those that are new. */
function indexes<Thing>(list: Thing[], keyOf: (thing: Thing) => string): (thing: Thing) => number {
  const known = new Map(list.map((thing, index) => [keyOf(thing), index]))
  return (thing) => {
    const key = keyOf(thing)
    const index = known.get(key) ?? list.push(thing) - 1
    known.set(key, index)
    return index
  }
}

interface Stored {
  configs: string[]
  questions: Question[]
  /** By name: digest, configuration, numbers of questions and keys of their answers in turn, result. */
  files: Record<string, StoredFile>
}

type StoredFile = [digest: string, config: number, asked: (number | string)[], result?: unknown]

/** One line says what it is and what it should hold; then JSON follows. */
function write(stored: Stored, version: string): string {
  const body = JSON.stringify(stored)
  return `${header(version, body)}\n${body}\n`
}

function header(version: string, body: string): string {
  return `${magic} ${format} ${version} ${digestOf(body)}`
}

function read(text: string, version: string): Stored {
  const end = text.indexOf('\n')
  const body = text.slice(end + 1, -1)
  if (end > 0 && text.slice(0, end) === header(version, body)) return JSON.parse(body) as Stored
  return { configs: [], questions: [], files: {} }
}
