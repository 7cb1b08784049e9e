import { ScaffoldError } from '../errors.ts'
import { categories, type ImageDefault, type Preset } from '../types.ts'

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
  const { importNamed } = await import('./load-module.ts')
  try {
    return (await importNamed(name, folder)) as Record<string, unknown>
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
  const missing: string[] = needed.filter((key) => preset[key] === undefined)
  if (preset.images !== undefined && !isImage(preset.images?.agent))
    missing.push('images.agent (repository and tag)')
  if (missing.length > 0) return `the preset ${preset.name} lacks ${missing.join(', ')}.`
  if (!Object.hasOwn(categories, preset.category!))
    return `the preset ${preset.name} is in no category that there is: ${Object.keys(categories).join(', ')}.`
  return typeof preset.build === 'function' ? undefined : `build of the preset ${preset.name} is no function.`
}

const needed = [
  'title',
  'category',
  'summary',
  'images',
  'namespace',
  'controlPlane',
  'rollout',
  'resources',
  'priorityClass',
  'why',
  'build',
] as const

function isImage(image: Partial<ImageDefault> | undefined): boolean {
  return typeof image?.repository === 'string' && typeof image.tag === 'string'
}
