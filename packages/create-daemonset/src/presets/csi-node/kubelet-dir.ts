import { mistakeInPath } from '../../formats.ts'
import { text } from '../../questions.ts'

/** Where the kubelet keeps what it shares with plugins, but for device plugins: distributions may have it elsewhere. */
export const kubeletDir = text({
  message: "Where is the kubelet's folder? (k0s: /var/lib/k0s/kubelet)",
  help: "The kubelet's folder on the nodes",
  value: 'PATH',
  default: '/var/lib/kubelet',
  check: (value) => {
    const mistake = mistakeInPath(value) ?? (value.endsWith('/') ? 'ends with a slash' : undefined)
    return mistake && `'${value}' ${mistake}`
  },
})
