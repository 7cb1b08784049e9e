import type { ContainerNode } from '@daemonlint/core'
import { defineRule } from '@daemonlint/core/define'
import { agentsFor } from '../utils/agents.ts'
import { environmentOf } from '../utils/flags.ts'
import { isWithin, normaliseHostPath } from '../utils/host-paths.ts'
import { seesHostPath } from '../utils/host-view.ts'
import { parseImage } from '../utils/image.ts'
import { knowsHostMounts } from '../utils/mounts.ts'
import { nameOf } from '../utils/names.ts'
import { templateOf } from '../utils/template.ts'

const parser = 'FLUENT_CONTAINER_TAIL_PARSER_TYPE'
const timeFormat = 'FLUENT_CONTAINER_TAIL_PARSER_TIME_FORMAT'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require the fluentd-kubernetes-daemonset image to be told the format of the logs',
      category: 'agents',
      presets: { strict: 'warn', 'log-agents': 'warn' },
    },
    messages: {
      json: "Container `{{container}}` does not set `FLUENT_CONTAINER_TAIL_PARSER_TYPE`, so this image takes every log line for Docker's JSON. containerd and CRI-O write another format: there no line is parsed. Expected `cri`, or `json` if the nodes run Docker.",
      cri: 'Set it to `cri`, for containerd and CRI-O',
      docker: 'Set it to `json`, for Docker',
    },
    hasSuggestions: true,
    rollsPods: true,
    needs: { text: /fluentd/i },
  },
  create(context) {
    const { agentOf } = agentsFor(context.settings)
    return {
      container(node) {
        const template = templateOf(node)
        if (!template || node.list === 'initContainers') return
        if (agentOf(node)?.id !== 'fluentd-kubernetes-daemonset' || !readsFormat(node)) return
        if (!knowsHostMounts(template) || !seesHostPath(template, node, '/var/log/containers')) return
        if (environmentOf(node, parser) !== null || environmentOf(node, 'FLUENTD_CONF') !== null) return
        if (!node.lacks('command') || !node.lacks('args') || mayHaveOwnConfiguration(node)) return
        const set = (value: string) => ({ name: parser, value })
        context.report({
          node,
          path: ['env'],
          messageId: 'json',
          data: { container: nameOf(node) },
          suggest: [
            {
              messageId: 'cri',
              fix: (fixer) =>
                environmentOf(node, timeFormat) === null
                  ? [
                      fixer.append(['env'], set('cri')),
                      fixer.append(['env'], { name: timeFormat, value: '%Y-%m-%dT%H:%M:%S.%N%:z' }),
                    ]
                  : fixer.append(['env'], set('cri')),
            },
            { messageId: 'docker', fix: (fixer) => fixer.append(['env'], set('json')) },
          ],
        })
      },
    }
  },
})

/** True for versions of the image that read the variable surely; before 1.12 not all do. */
function readsFormat(container: ContainerNode): boolean {
  const { image } = container.value
  if (typeof image !== 'string') return false
  return !/^v?(0|1\.\d|1\.1[01])([.-]|$)/.test(parseImage(image).tag ?? '')
}

/** True when something is mounted over the image's configuration, or may be. */
function mayHaveOwnConfiguration(container: ContainerNode): boolean {
  return (container.value.volumeMounts ?? []).some((mount) => {
    const path = normaliseHostPath(mount?.mountPath ?? '/')
    return isWithin(path, '/fluentd') || isWithin('/fluentd/etc', path)
  })
}
