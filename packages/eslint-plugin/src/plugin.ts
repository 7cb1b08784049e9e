import { createRequire } from 'node:module'
import type { ESLint, Linter, Rule } from 'eslint'
import { configRules, presetNames } from './config-rules.ts'
import { yamlLanguage } from './language/yaml-language.ts'
import { rules } from './rules.ts'

const packageJson: { name: string; version: string } = createRequire(import.meta.url)('../package.json')

type Language = NonNullable<ESLint.Plugin['languages']>[string]

/** daemonlint as ESLint knows it. */
export interface DaemonlintPlugin {
  meta: { name: string; version: string; namespace: 'daemonlint' }
  /** By id: `image-tag`, `api-server/unknown-field`. */
  rules: Record<string, Rule.RuleModule>
  /** `daemonlint/yaml`: where no other plugin reads YAML. */
  languages: { yaml: Language }
  /** `yaml`, which sets the language, and the presets, which do not. */
  configs: { yaml: Linter.Config; recommended: Linter.Config; strict: Linter.Config } & Record<
    string,
    Linter.Config
  >
}

/** Which files the configurations are for. JSON is left to the languages that are made for it. */
const files = ['**/*.yaml', '**/*.yml']

export const plugin: DaemonlintPlugin = {
  meta: { name: packageJson.name, version: packageJson.version, namespace: 'daemonlint' },
  rules,
  // Its own type says more of the tree than ESLint's does.
  languages: { yaml: yamlLanguage as unknown as Language },
  configs: {} as DaemonlintPlugin['configs'],
}

plugin.configs.yaml = configOf('yaml', { language: 'daemonlint/yaml' })
for (const name of presetNames) plugin.configs[name] = configOf(name, { rules: configRules(name) })

function configOf(name: string, rest: Linter.Config): Linter.Config {
  return { name: `daemonlint/${name}`, files, plugins: { daemonlint: plugin }, ...rest }
}
