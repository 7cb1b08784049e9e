import { mistakeInPath } from '../../formats.ts'
import { text } from '../../questions.ts'

const checkPath = (value: string) => {
  const mistake = mistakeInPath(value)
  return mistake && `'${value}' ${mistake}. Expected a folder of the node, such as /opt/cni/bin`
}

/** Where the container runtime looks for plugins and their configuration: other distributions have other folders. */
export const folderQuestions = {
  cniBinDir: text({
    message: 'In which folder of the node are the CNI plugins?',
    help: "The node's folder of CNI plugins",
    seldom: true,
    value: 'PATH',
    default: '/opt/cni/bin',
    check: checkPath,
  }),
  cniConfDir: text({
    message: 'In which is their configuration?',
    help: "The node's folder of CNI configuration",
    seldom: true,
    value: 'PATH',
    default: '/etc/cni/net.d',
    check: checkPath,
  }),
}

/** Folders of a distribution that has others: of k3s. */
export const otherFolders = {
  cniBinDir: '/var/lib/rancher/k3s/data/cni',
  cniConfDir: '/var/lib/rancher/k3s/agent/etc/cni/net.d',
}
