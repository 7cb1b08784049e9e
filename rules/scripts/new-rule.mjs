// Scaffolds a rule, its page and its test, to be filled in: npm run new-rule -- NAME [CATEGORY]
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { packageFolder } from './load-rules.mjs'

const root = join(packageFolder, '..')
const [name, category = 'correctness', ...rest] = process.argv.slice(2)

async function main() {
  if (!name || rest.length > 0) return fail('Usage: npm run new-rule -- NAME [CATEGORY]')
  if (!/^[a-z]+(-[a-z]+)*$/.test(name)) {
    return fail(`'${name}' is no name for a rule: lower-case letters and single dashes, such as host-ipc.`)
  }
  const categories = await knownCategories()
  if (!categories.includes(category)) {
    return fail(`'${category}' is no category. Known are ${categories.join(', ')}.`)
  }
  const pageFile = join(root, 'docs/rules', `${name}.md`)
  const files = {
    [join(packageFolder, 'src/rules', `${name}.ts`)]: rule(),
    [join(packageFolder, 'tests/rules', `${name}.test.ts`)]: test(),
    [pageFile]: page(),
  }
  for (const file of Object.keys(files)) {
    if (existsSync(file)) return fail(`${relative(root, file)} is there already; nothing was written.`)
  }
  for (const [file, text] of Object.entries(files)) {
    await writeFile(file, text, { flag: 'wx' })
    // Of the page generate.mjs says so, which adds its header.
    if (file !== pageFile) console.log(`wrote ${relative(root, file)}`)
  }
  await import('./generate.mjs')
  console.log('Now fill them in, and check them: npm test -- rules biome types')
}

/** Those that core's type names, so that there is one list. */
async function knownCategories() {
  const source = await readFile(join(root, 'packages/core/src/lint/rule.ts'), 'utf8')
  const [, union = ''] = /export type RuleCategory =([^}]*?)\n\n/.exec(source) ?? []
  return [...union.matchAll(/'([a-z-]+)'/g)].map(([, one]) => one)
}

function fail(message) {
  console.error(message)
  process.exitCode = 2
}

const rule = () => `import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow what this rule is about',
      category: '${category}',
      presets: { strict: 'warn' },
    },
    messages: {
      found:
        'The pods of \`{{name}}\` share memory with the processes of their node. Say what was expected, and why it matters on a node.',
    },
  },
  create(context) {
    return {
      podTemplate(node) {
        if (node.value.spec?.hostIPC !== true) return
        context.report({
          node,
          path: ['spec', 'hostIPC'],
          messageId: 'found',
          data: { name: nameOf(node.manifest) },
        })
      },
    }
  },
})
`

const test = () => `import rule from '../../src/rules/${name}.ts'
import { daemonSet } from '../manifests.ts'
import { ruleTester } from '../rule-tester.ts'

ruleTester.run('${name}', rule, {
  valid: [daemonSet(), daemonSet({ spec: 'hostIPC: false' })],
  invalid: [
    {
      code: daemonSet({ spec: 'hostIPC: true' }),
      errors: [{ messageId: 'found', data: { name: 'agent' }, line: 14, column: 16 }],
    },
  ],
})
`

const manifest = (spec) => `\`\`\`yaml
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  selector:
    matchLabels:
      app: agent
  template:
    metadata:
      labels:
        app: agent
    spec:
${spec}      containers:
        - name: agent
          image: example.com/agent:1.4.2
\`\`\`
`

const page = () => `# ${name}

<!-- header:start -->
<!-- header:end -->

What the rule looks at, exactly.

## Why it matters

What happens on a node.

## Examples

Examples that are **incorrect**:

${manifest('      hostIPC: true\n')}
Examples that are **correct**:

${manifest('')}
## Options

This rule has no options.

## When not to use it

Whom it does not concern.

## Sources

- Where the facts are from.
`

await main()
