import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ScaffoldError } from '../errors.ts'
import { categories, type Preset } from '../types.ts'

/**
 * Loads the presets of plugins: modules that export `presets`, by themselves or in their default export.
 * @param names packages, or paths of files, resolved from `folder`
 * @throws ScaffoldError where a module cannot be loaded, or has no presets
 */
export async function loadPresets(names: readonly string[], folder: string): Promise<Preset[]> {
  const found: Preset[] = []
  for (const name of names) found.push(...checked(name, await loadModule(name, folder)))
  return found
}

async function loadModule(name: string, folder: string): Promise<Record<string, unknown>> {
  const path = resolve(folder, name)
  try {
    const file =
      /^[./]|^[a-z]:/i.test(name) || existsSync(path) ? path : createRequire(join(folder, '_')).resolve(name)
    return (await import(pathToFileURL(file).href)) as Record<string, unknown>
  } catch (error) {
    const [line] = String((error as Error).message ?? error).split('\n', 1)
    throw new ScaffoldError(`--plugin ${name}: it cannot be loaded: ${line}`)
  }
}

function checked(name: string, module: Record<string, unknown>): readonly Preset[] {
  return checkPresets(
    `--plugin ${name}`,
    module.presets ?? (module.default as { presets?: unknown } | undefined)?.presets,
  )
}

/**
 * Makes sure that what a plugin calls presets are some.
 * @param origin what the plugin was named by, for messages
 * @throws ScaffoldError
 */
export function checkPresets(origin: string, presets: unknown): readonly Preset[] {
  if (!Array.isArray(presets))
    throw new ScaffoldError(
      `${origin}: it exports no list of presets. Expected export const presets = [definePreset({ … })].`,
    )
  for (const preset of presets) {
    const mistake = mistakeIn(preset)
    if (mistake) throw new ScaffoldError(`${origin}: ${mistake}`)
  }
  return presets.map((preset: Preset) => ({ ...preset, questions: preset.questions ?? {} }))
}

function mistakeIn(preset: Partial<Preset> | undefined): string | undefined {
  if (typeof preset?.name !== 'string' || !/^[a-z0-9-]+$/.test(preset.name))
    return 'a preset has no name of small letters, digits and hyphens.'
  const missing = (
    ['title', 'category', 'summary', 'images', 'namespace', 'rollout', 'resources', 'why', 'build'] as const
  ).filter((key) => preset[key] === undefined)
  if (missing.length > 0) return `the preset ${preset.name} lacks ${missing.join(', ')}.`
  if (!Object.hasOwn(categories, preset.category!))
    return `the preset ${preset.name} is in no category that there is: ${Object.keys(categories).join(', ')}.`
  return typeof preset.build === 'function' ? undefined : `build of the preset ${preset.name} is no function.`
}
