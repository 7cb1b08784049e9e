import { defineRule } from '@daemonlint/core/define'
import { nameOf } from '../utils/names.ts'
import { inBytes, quantityOf } from '../utils/quantities.ts'
import { leavesPodOpen } from '../utils/resources.ts'
import { templateOf } from '../utils/template.ts'

const path = ['resources', 'limits', 'memory'] as const

/** Docker's minimum was 4 MiB until runc needed more, and is 6 MiB since (moby/moby#41168); CRI-O's is 12 MiB. */
const least = 4 * 2 ** 20

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow memory limits below what it takes to start a container',
      category: 'resources',
      presets: { recommended: 'error', strict: 'error' },
    },
    messages: {
      tiny: 'Container `{{container}}` may use {{bytes}} of memory (`{{limit}}`): starting a container alone takes more, so it is killed on every node before it runs. Expected a limit with a unit, such as `64Mi`.',
      unit: 'Write `{{near}}`',
    },
    hasSuggestions: true,
    rollsPods: true,
    supersedes: ['api-server/fractional-bytes'],
  },
  create(context) {
    return {
      container(node) {
        const limit = node.value.resources?.limits?.memory
        const quantity = quantityOf(limit)
        // 0 means no limit.
        if (!quantity || quantity.amount === 0 || quantity.amount >= least) return
        // Another runtime may start containers in another way.
        if (!templateOf(node)?.lacks('spec', 'runtimeClassName')) return
        const { digits, suffix } = quantity
        const near = `${digits}Mi`
        const forgotten = /^\d{1,5}$/.test(digits) && ['', 'm', 'k', 'Ki'].includes(suffix)
        const sound = forgotten && Number(digits) >= 4 && leavesPodOpen(node)
        context.report({
          node,
          path,
          messageId: 'tiny',
          data: {
            container: nameOf(node),
            limit: String(limit),
            bytes: inBytes(quantity),
          },
          suggest: sound
            ? [{ messageId: 'unit', data: { near }, fix: (fixer) => fixer.set(path, near) }]
            : [],
        })
      },
    }
  },
})
