import type { Path, VolumeNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'

/**
 * Octal permissions that, read as a decimal number, still pass the API server (up to 511), and then grant what nobody
 * asks for. Larger ones (`644`) are refused.
 */
const octalWritten = /^(400|440|444|500)$/

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow file permissions whose octal digits are read as a decimal number',
      category: 'storage',
      presets: { recommended: 'info', strict: 'warn' },
    },
    messages: {
      decimal:
        '`{{written}}` without a leading zero is decimal, which is {{octal}} in octal: the files get `{{granted}}`. Expected `0{{written}}`, which is `{{meant}}`.',
      octal: 'Write `0{{written}}`',
      json: 'Write `{{decimal}}`, which is 0{{written}}: JSON has no octal numbers',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /[mM]ode/ },
  },
  create(context) {
    const isJson = context.root.text.trimStart().startsWith('{')
    return {
      volume(node) {
        for (const path of modePathsOf(node)) {
          const written = node.source(...path) ?? ''
          if (!octalWritten.test(written)) continue
          const [value, meant] = [Number(written), Number.parseInt(written, 8)]
          const data = {
            written,
            octal: `0${value.toString(8)}`,
            granted: permissions(value),
            meant: permissions(meant),
            decimal: meant,
          }
          const place = node.at(...path)
          const [start, end] = [place?.start.offset, place?.end.offset]
          context.report({
            node,
            path,
            messageId: 'decimal',
            data,
            suggest: [
              isJson
                ? { messageId: 'json', data, fix: (fixer) => fixer.set(path, meant) }
                : {
                    messageId: 'octal',
                    data,
                    // A fixer writes a number as it is: 256.
                    fix: (fixer) =>
                      start !== undefined && end !== undefined && fixer.set(path, meant)
                        ? fixer.replaceTextRange([start, end], `0${written}`)
                        : null,
                  },
            ],
          })
        }
      },
    }
  },
})

interface Source {
  items?: unknown[]
}

/** Where a volume may state permissions of its files. */
function modePathsOf({ value }: VolumeNode): Path[] {
  const own = (['configMap', 'secret', 'downwardAPI'] as const).flatMap((key) => [
    [key, 'defaultMode'],
    ...itemModes(value[key], [key]),
  ])
  const sources = value.projected?.sources ?? []
  const projected = sources.flatMap((source, index) =>
    (['configMap', 'secret', 'downwardAPI'] as const).flatMap((key) =>
      itemModes(source?.[key], ['projected', 'sources', index, key]),
    ),
  )
  return [...own, ['projected', 'defaultMode'], ...projected]
}

function itemModes(source: Source | null | undefined, path: Path): Path[] {
  return (source?.items ?? []).map((_, index) => [...path, 'items', index, 'mode'])
}

/** Permissions as `ls` shows them: `rw-r--r--`. */
function permissions(mode: number): string {
  return [6, 3, 0]
    .flatMap((shift) => [...'rwx'].map((letter, bit) => ((mode >> shift) & (4 >> bit) ? letter : '-')))
    .join('')
}
