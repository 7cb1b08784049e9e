/** A DaemonSet with a container `agent`, of which the image's tag moves. */
export function daemonSet({ pod = '', image = 'example.com/agent:latest', comment = '' } = {}): string {
  return `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec:
${pod}      containers:
        - name: agent
          image: ${image}${comment}
`
}
