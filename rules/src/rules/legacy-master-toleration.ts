import { defineRule } from '@daemonlint/core/define'
import { clusterOf } from '../utils/cluster.ts'
import { controlPlaneTaint, masterKey, mayTolerate, tolerationsOf } from '../utils/tolerations.ts'

export default defineRule({
  meta: {
    type: 'problem',
    docs: {
      description: 'Require the control-plane toleration beside the old master toleration',
      category: 'scheduling',
      presets: { recommended: 'warn', strict: 'warn', reliability: 'warn' },
    },
    messages: {
      legacy:
        'Since 1.25 kubeadm no longer sets the taint `node-role.kubernetes.io/master`, so this toleration alone does not bring the pods to control-plane nodes. Expected one for `node-role.kubernetes.io/control-plane` as well.',
      append: 'Tolerate `node-role.kubernetes.io/control-plane` as well',
    },
    hasSuggestions: true,
    rollsPods: true,
    supersedes: ['control-plane-coverage'],
    needs: { text: /node-role\.kubernetes\.io\/master/ },
  },
  create(context) {
    if (clusterOf(context.settings).controlPlaneNodes === false) return {}
    return {
      podTemplate(node) {
        if (node.manifest.role === 'patch') return
        const legacy = tolerationsOf(node)?.find(({ known, value }) => known && value.key === masterKey)
        if (!legacy || mayTolerate(node, controlPlaneTaint)) return
        const { effect } = legacy.value
        context.report({
          node,
          path: ['spec', 'tolerations', legacy.index, 'key'],
          messageId: 'legacy',
          suggest: [
            {
              messageId: 'append',
              fix: (fixer) =>
                fixer.append(['spec', 'tolerations'], {
                  key: controlPlaneTaint.key,
                  operator: 'Exists',
                  ...(effect && { effect }),
                }),
            },
          ],
        })
      },
    }
  },
})
