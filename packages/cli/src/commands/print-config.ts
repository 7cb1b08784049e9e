import { dirname, resolve } from 'node:path'
import { createLookup } from '../lookup.ts'
import type { Options } from '../options.ts'
import { prepare } from '../prepare.ts'

/** What holds for a file, as JSON: `undefined` for one that is ignored. The file need not exist. */
export async function printConfig(file: string, options: Options, cwd: string): Promise<string> {
  const path = resolve(cwd, file)
  const lookup = createLookup(options, cwd)
  const config = await lookup.forFile(path)
  if (config.ignored) return 'undefined\n'
  await prepare(config, lookup, dirname(path))
  const { rules, entries, rejections, settings, linterOptions, kubernetesVersions } = config
  const shown = {
    rules: {
      ...Object.fromEntries(
        Object.values(rules).map(({ id, severity, options }) => [
          id,
          options.length > 0 ? [severity, ...options] : severity,
        ]),
      ),
      ...rejections,
    },
    resources: entries.map(({ ruleId, severity, options, resources, reason }) => ({
      rule: ruleId,
      severity,
      ...(options && { options }),
      resources,
      ...(reason !== undefined && { reason }),
    })),
    settings: { ...settings, kubernetesVersion: kubernetesVersions },
    linterOptions,
  }
  return `${JSON.stringify(shown, null, 2)}\n`
}
