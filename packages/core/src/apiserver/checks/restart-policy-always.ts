import type { CheckContext } from '../check.ts'

const path = ['spec', 'template', 'spec', 'restartPolicy']

/** k8s.io/kubernetes pkg/apis/apps/validation, ValidateDaemonSetSpec: only Always; '' is defaulted to it. */
export function restartPolicyAlways({ node, report }: CheckContext): void {
  const policy = node.value.spec?.template?.spec?.restartPolicy
  if (!policy || policy === 'Always') return
  report({
    id: 'restart-policy-always',
    path,
    messageId: 'policy',
    data: { policy },
    fix: (fixer) => fixer.set(path, 'Always'),
  })
}
