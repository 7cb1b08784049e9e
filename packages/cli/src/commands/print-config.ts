import { resolve } from 'node:path'
import { createLookup } from '../lookup.ts'
import type { Options } from '../options.ts'

/** What holds for a file, as JSON: `undefined` for one that is ignored. The file need not exist. */
export async function printConfig(file: string, options: Options, cwd: string): Promise<string> {
  const config = await createLookup(options, cwd).forFile(resolve(cwd, file))
  if (config.ignored) return 'undefined\n'
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
