/** Runs both majors of ESLint with the plugin, in each way that YAML can be read. */
import { createRequire } from 'node:module'
import { ESLint as ESLint10, type Linter } from 'eslint'
import { ESLint as ESLint9 } from 'eslint-9'
import yml from 'eslint-plugin-yml'
import daemonlint from '../src/index.ts'

export const majors = [
  { major: '10', ESLint: ESLint10 },
  { major: '9', ESLint: ESLint9 as unknown as typeof ESLint10 },
]

const parser: Linter.Parser = createRequire(createRequire(import.meta.url).resolve('eslint-plugin-yml'))(
  'yaml-eslint-parser',
)

const files = ['**/*.yaml', '**/*.yml']

/** Who reads the YAML. */
export const languages: Record<string, Linter.Config[]> = {
  'daemonlint/yaml': [daemonlint.configs.yaml],
  'yml/yaml': yml.configs.base as Linter.Config[],
  'yaml-eslint-parser': [{ files, languageOptions: { parser } }],
}

interface Setup {
  major: string
  language: string
  ESLint: typeof ESLint10
  base: Linter.Config[]
}

/** Every way to run it: each major with each language. */
export const setups: Setup[] = majors.flatMap(({ major, ESLint }) =>
  Object.entries(languages).map(([language, base]) => ({ major, ESLint, language, base })),
)

/** What one setup needs, for tests that the language does not matter to. */
export const plain: Pick<Setup, 'ESLint' | 'base'> = { ESLint: ESLint10, base: languages['daemonlint/yaml']! }

export interface Options extends Partial<Setup> {
  configs?: Linter.Config[]
  filePath?: string
  cwd?: string
  fix?: boolean
  overrides?: object
}

/** Lints a text, with the preset `recommended` if nothing else is said. */
export async function lintText(text: string, options: Options = {}) {
  const [result] = await eslintOf(options).lintText(text, { filePath: options.filePath ?? 'ds.yaml' })
  return result!
}

export function eslintOf({
  ESLint = plain.ESLint,
  base = plain.base,
  configs = [daemonlint.configs.recommended],
  cwd = process.cwd(),
  fix = false,
  overrides = {},
}: Options) {
  const overrideConfig = [...base, ...configs]
  return new ESLint({ cwd, fix, overrideConfigFile: true, overrideConfig, ...overrides })
}

/** `5:1 daemonlint/update-strategy` */
export function places(messages: readonly Linter.LintMessage[]): string[] {
  return messages.map(({ ruleId, line, column, message }) => `${line}:${column} ${ruleId ?? message}`)
}

/** Only one rule, or some. */
export function only(...rules: (string | [string, Linter.RuleSeverityAndOptions])[]): Linter.Config {
  const entries: Linter.RulesRecord = {}
  for (const rule of rules) {
    const [id, entry] = typeof rule === 'string' ? [rule, 'error' as const] : rule
    entries[`daemonlint/${id}`] = entry
  }
  return { files, plugins: { daemonlint }, rules: entries }
}
