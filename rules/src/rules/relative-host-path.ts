import { defineRule } from '@daemonlint/core/define'
import { mayBeForWindows } from '../utils/node-selection.ts'

/** Folders at the root of a Linux node: file-hierarchy(7). */
const rootFolders = /^(bin|boot|dev|etc|home|lib|lib64|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)(\/|$)/

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow host paths that do not begin at the root of the node',
      category: 'storage',
      presets: { recommended: 'error', strict: 'error' },
    },
    messages: {
      relative:
        'The host path `{{path}}` does not begin with `/`, so it is no place on the node: runtimes look for it in a folder of their own, find nothing, and the pods never start. Expected a path from the root of the node.',
      home: 'The host path `{{path}}` does not begin with `/`, and nothing puts a home directory in place of `~`, so the pods never start. Expected a path from the root of the node.',
      root: 'Write `/{{path}}`',
    },
    hasSuggestions: true,
    rollsPods: true,
    supersedes: ['host-path-type', 'host-path-sensitive', 'runtime-socket'],
    needs: { text: /hostPath/ },
  },
  create(context) {
    return {
      volume(node) {
        const path = node.value.hostPath?.path
        if (typeof path !== 'string' || path === '' || node.isUnknown('hostPath', 'path')) return
        const [template] = node.manifest.children
        if (isAbsolute(path) || isPlaceholder(path) || !template || mayBeForWindows(template)) return
        context.report({
          node,
          path: ['hostPath', 'path'],
          messageId: path.startsWith('~') ? 'home' : 'relative',
          data: { path },
          suggest: rootFolders.test(path)
            ? [
                {
                  messageId: 'root',
                  data: { path },
                  fix: (fixer) => fixer.set(['hostPath', 'path'], `/${path}`),
                },
              ]
            : [],
        })
      },
    }
  },
})

/** True for a path from the root of a Linux node, or from a drive or a pipe of a Windows node. */
function isAbsolute(path: string): boolean {
  return /^([/\\]|[A-Za-z]:)/.test(path)
}

/** True for what a script may replace before the file is applied: `LOG_DIR`, `__LOG_DIR__/agent`, `<path>`, `%PATH%`. */
function isPlaceholder(path: string): boolean {
  return /^[A-Z0-9_]+(\/|$)|[<>%@{}[\]$]/.test(path)
}
