import type { ContainerNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { mainWordsOf } from '../utils/handlers.ts'
import { nameOf } from '../utils/names.ts'
import { runsThroughout } from '../utils/resources.ts'
import { commandsOfScript, programOf, scriptIndexOf } from '../utils/shell.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require a script that prepares a daemon to hand over to it with exec',
      category: 'lifecycle',
      presets: { strict: 'info', reliability: 'info' },
    },
    messages: {
      missing:
        'The shell of container `{{container}}` stays above `{{program}}` and does not pass on the signal to stop, so the daemon is killed at the end of the grace period, whatever it had to finish. Expected `exec {{program}}`.',
      exec: 'Start it with `exec`',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /(?<![\w-])-[A-Za-z]*c/ },
  },

  create(context) {
    return {
      container(node) {
        if (!runsThroughout(node)) return
        const script = scriptOf(node)
        const last = script && lastCommandOf(script.text)
        if (!script || !last) return
        context.report({
          node,
          path: script.path,
          messageId: 'missing',
          data: { container: nameOf(node), program: programOf([last.program]) },
          suggest: [
            {
              messageId: 'exec',
              fix: (fixer) => {
                const { text } = script
                // Of a text on several lines the style would be lost.
                if (text.includes('\n')) return null
                return fixer.set(script.path, `${text.slice(0, last.at)}exec ${text.slice(last.at)}`)
              },
            },
          ],
        })
      },
    }
  },
})

/** The script that is a container's main process, unless a recent bash runs it, which hands over by itself. */
function scriptOf(container: ContainerNode) {
  const words = mainWordsOf(container)
  if (!words) return undefined
  const texts = words.map(({ text }) => text)
  const index = scriptIndexOf(texts)
  return index < 0 || programOf(texts) === 'bash' ? undefined : words[index]
}

/** What has nothing to finish, or ends by itself. */
const idle = [':', 'cat', 'date', 'echo', 'exit', 'false', 'pause', 'sleep', 'tail', 'true', 'wait']

/** Whatever may hand over or pass signals on, or runs commands otherwise than one after the other. */
const handled =
  /\b(exec|trap|tini|dumb-init|catatonit|supervisord|s6-\w+|runit|if|case|for|while|until|function)\b|[|()`<]|(?<![>&])&(?![>&\d])/

/** The program that a script of several plain commands runs last, and where its command begins. */
function lastCommandOf(script: string): { program: string; at: number } | undefined {
  const text = script.trimEnd()
  if (handled.test(text) || /[;&\\]$/.test(text)) return undefined
  const commands = commandsOfScript(text)
  const [program] = commands.at(-1) ?? []
  if (commands.length < 2 || !program || program.includes('=') || idle.includes(programOf([program]))) {
    return undefined
  }
  // A quoted separator would make a part of an argument look like a command.
  const tail = /(?:^|;|&&|\n)\s*([^;&\n'"]+)$/.exec(text)
  if (!tail?.[1]?.startsWith(program)) return undefined
  return { program, at: text.length - tail[1].length }
}
