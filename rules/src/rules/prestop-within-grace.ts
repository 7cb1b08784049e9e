import type { ContainerNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { longestGracePeriod } from '../utils/autoscaler.ts'
import { wordsAt } from '../utils/handlers.ts'
import { nameOf } from '../utils/names.ts'
import { runsThroughout } from '../utils/resources.ts'
import { commandsOf, mayBranch, programOf, scriptIndexOf } from '../utils/shell.ts'
import { templateOf } from '../utils/template.ts'

/** What a pod has that states nothing. */
const defaultGracePeriod = 30

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require that a preStop hook leaves the daemon time to stop',
      category: 'lifecycle',
      presets: { recommended: 'warn', strict: 'warn', reliability: 'warn' },
    },
    messages: {
      all: 'The preStop hook of container `{{container}}` waits {{seconds}} seconds, and the pod has {{grace}} seconds{{origin}} to end, the hook included, so the daemon is killed 2 seconds after it is asked to stop. Expected `terminationGracePeriodSeconds` to cover both.',
      longer: 'Give the pod {{seconds}} seconds to end',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /preStop/ },
  },

  create(context) {
    return {
      container(node) {
        const template = templateOf(node)
        if (!template || !runsThroughout(node)) return
        const path = ['spec', 'terminationGracePeriodSeconds']
        const stated = !template.lacks(...path)
        const grace = stated ? template.value.spec?.terminationGracePeriodSeconds : defaultGracePeriod
        // Of 0 and less, `grace-period` speaks.
        if (typeof grace !== 'number' || grace <= 0 || template.isUnknown(...path)) return
        const wait = waitOf(node)
        if (!wait || wait.seconds < grace) return
        // The API server refuses a longer sleep.
        if (wait.action === 'sleep' && wait.seconds > grace) return
        const enough = wait.seconds + defaultGracePeriod
        context.report({
          node,
          path: ['lifecycle', 'preStop', ...wait.path],
          messageId: 'all',
          data: {
            container: nameOf(node),
            seconds: wait.seconds,
            grace,
            origin: stated ? '' : ' (the default)',
          },
          suggest: [
            {
              messageId: 'longer',
              data: { seconds: enough },
              // No autoscaler waits longer.
              fix: (fixer) => (enough > longestGracePeriod ? null : fixer.set(path, enough, template)),
            },
          ],
        })
      },
    }
  },
})

/** How long a container's preStop hook waits, and what says so; undefined where that is not known. */
function waitOf(container: ContainerNode) {
  const { sleep } = container.value.lifecycle?.preStop ?? {}
  if (typeof sleep?.seconds === 'number')
    return { action: 'sleep', seconds: sleep.seconds, path: ['sleep', 'seconds'] }
  const words = wordsAt(container, 'lifecycle', 'preStop', 'exec', 'command')
  if (!words) return undefined
  const script = scriptIndexOf(words)
  // What waits only at times, or behind the scenes, may not wait at all.
  if (script >= 0 && mayBranch(words[script]!)) return undefined
  const sleeps = commandsOf(words).filter((command) => programOf(command) === 'sleep')
  const seconds = sleeps
    .flatMap((command) => command.slice(1).map(secondsOf))
    .reduce((sum, one) => sum + one, 0)
  if (!(seconds > 0) || seconds === Number.POSITIVE_INFINITY) return undefined
  const at = script >= 0 ? script : words.findLastIndex((word) => secondsOf(word) > 0)
  return { action: 'exec', seconds, path: ['exec', 'command', at] }
}

const units: Record<string, number> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 }

function secondsOf(word: string): number {
  const [, count, unit = ''] = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(word) ?? []
  return count === undefined ? Number.NaN : Number(count) * units[unit]!
}
