import { sep } from 'node:path'
import { normaliseVersions } from '@daemonlint/core'
import { type Configuration, type ConfigurationOptions, createConfiguration } from './configuration.ts'
import { readSettings, type Settings } from './settings.ts'
import { createFolderSuppressions, type FolderSuppressions } from './suppressions.ts'
import { filePathOf } from './uris.ts'
import { createWorkspace, type Workspace } from './workspace.ts'

/** A workspace folder, or what stands in for one where there is none. */
export interface Folder {
  /** As the client has it; undefined for files outside all folders. */
  readonly uri: string | undefined
  /** Absolute; undefined for files outside all folders, and for a folder that is not of the file system. */
  readonly path: string | undefined
  settings: Settings
  configuration: Configuration
  /** The files in it. */
  readonly workspace: Workspace
  /** What it passes over. */
  readonly suppressions: FolderSuppressions
  /** `settings.kubernetesVersion` as a list; undefined where it is not set. */
  kubernetesVersions: readonly string[] | undefined
}

export interface Folders {
  all(): readonly Folder[]
  /** The innermost one that holds a document. */
  of(uri: string): Folder
  add(uri: string): Folder
  remove(uri: string): void
  /**
   * Takes what the client says of one folder.
   * @returns what is wrong with it, in sentences
   */
  configure(folder: Folder, value: unknown): string[]
}

type FolderOptions = Omit<ConfigurationOptions, 'cwd' | 'configFile'> & {
  /** The text of an open file. */
  openText(path: string): string | undefined
  /** The open files that belong to a folder, absolute. */
  openFiles(folder: Folder): Iterable<string>
  /** Shows a person what is wrong. */
  warn(message: string): void
}

/** @param options those of all folders */
export function createFolders(options: FolderOptions): Folders {
  const cwd = process.cwd()
  const outside = newFolder(undefined)
  const folders: Folder[] = []

  function newFolder(uri: string | undefined): Folder {
    const path = uri === undefined ? undefined : filePathOf(uri)
    const folder: Folder = {
      uri,
      path,
      settings: readSettings(undefined),
      configuration: createConfiguration({ ...options, cwd: path ?? cwd }),
      kubernetesVersions: undefined,
      suppressions: createFolderSuppressions(path, options.warn),
      workspace: createWorkspace({
        path,
        cwd,
        ignores: {
          ignoresFile: (file) => folder.configuration.ignores.ignoresFile(file),
          ignoresDirectory: (directory) => folder.configuration.ignores.ignoresDirectory(directory),
        },
        openText: options.openText,
        openFiles: () => options.openFiles(folder),
      }),
    }
    return folder
  }

  return {
    all: () => [...folders, outside],
    of(uri) {
      const path = filePathOf(uri)
      let found: Folder | undefined
      for (const folder of folders) {
        const holds =
          path !== undefined && folder.path !== undefined
            ? path.startsWith(folder.path.endsWith(sep) ? folder.path : folder.path + sep)
            : uri.startsWith(`${folder.uri?.replace(/\/$/, '')}/`)
        if (holds && (folder.uri?.length ?? 0) > (found?.uri?.length ?? -1)) found = folder
      }
      // What has no place of its own (`untitled:`) belongs to the first.
      return found ?? (path === undefined ? (folders[0] ?? outside) : outside)
    },
    add(uri) {
      const folder = newFolder(uri)
      folders.push(folder)
      return folder
    },
    remove(uri) {
      const index = folders.findIndex((folder) => folder.uri === uri)
      if (index >= 0) folders.splice(index, 1)[0]!.workspace.stop()
    },
    configure(folder, value) {
      const before = folder.settings.configFile
      folder.settings = readSettings(value)
      const { configFile, kubernetesVersion } = folder.settings
      if (configFile !== before) {
        folder.configuration = createConfiguration({
          ...options,
          cwd: folder.path ?? cwd,
          ...(configFile !== undefined && { configFile }),
        })
      }
      folder.kubernetesVersions = undefined
      if (!kubernetesVersion) return []
      try {
        folder.kubernetesVersions = normaliseVersions(kubernetesVersion)
        return []
      } catch (error) {
        return [`daemonlint.kubernetesVersion: ${(error as Error).message}`]
      }
    },
  }
}
