/** Small resources in many layouts; what the fixer must hold for is tried on each of them. */
const plain = `# a daemon
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent # its name
  labels:
    app: agent

# the rest
spec:
  template:
    spec:
      containers:
        # first
        - name: agent
          image: "agent:1.0" # pinned
          args: ["--a", '--b', c]
          command: # how
            - sh
            - -c
            # the script
            - |
              # not a comment
              run

            # after
          resources:
            limits:
              cpu: 100m # one
              # memory: 1Gi
          env: # none
        # second
        - image: side:1
          name: side
          resources: {} # nothing
          ports: []
      # volumes
      volumes:
      - name: logs
        hostPath: {path: /var/log, type: Directory}
      - {name: x, emptyDir: {}}
      tolerations: ~
      dnsPolicy: >-
        Cluster
        First
      nodeSelector: # where

        "kubernetes.io/os": linux

---
# another document
kind: ConfigMap
metadata:
  name: other
data:
  a: |+
    text

`

const flat = `apiVersion: apps/v1
kind: DaemonSet
metadata:
    name: wide
    annotations:
        a/b: 'yes'
        c: it''s
spec:
    template:
        spec:
            containers:
            -   name: a
                image: a:1
            - name: b
              env:
              - name: X
                value: "1"
              - name: Y
                value: two words
                  on two lines
            hostNetwork: true
            terminationGracePeriodSeconds: 30`

const flow = `kind: DaemonSet
spec: {
  # inside
  template: { spec: {containers: [ {name: a, image: 'a:1'}, {name: b} ], hostPID: true } }, # behind
  other: [
    one,
    two, # second
  ],
  last: {}
}
`

const keep = `kind: DaemonSet
metadata:
  name: k
data:
  one: |+
    kept

  two: x # gone?
  three: |
    clipped

  four: >+
    folded

  five: {a: "b"}
empty:
list:
- - a
  - b
- - c
-
- # nothing
- ~
- key: v
- "q"
`

const json = `{
  "apiVersion": "apps/v1",
  "kind": "DaemonSet",
  "metadata": { "name": "j", "labels": {"a":"b"} },
  "spec": {
    "template": {
      "spec": {
        "containers": [
          {
            "name": "a",
            "args": [],
            "resources": {}
          },
          {
            "name": "b",
            "ready": true,
            "none": null
          }
        ]
      }
    }
  }
}
`

const compact = '{"kind":"DaemonSet","metadata":{"name":"c"},"spec":{"list":[1,"two"],"n":null}}'

const list = `apiVersion: v1
kind: List
items:
- apiVersion: apps/v1
  kind: DaemonSet
  metadata:
    name: in-list
  spec:
    hostNetwork: yes
    # end of the first
- kind: DaemonSet
  metadata: {name: second}
`

const anchors = `kind: DaemonSet
base: &base
  a: 1
  b: {c: 2}
copy: *base
merged:
  <<: *base
  own: x
free: &unused
  k: v
spec:
  hostPID: &yes true
  tagged: !!str 12
  x: 1
`

const templated = `kind: DaemonSet
metadata:
  name: agent
  namespace: \${NAMESPACE}
spec:
  image: "{{ .image }}"
  replicas: 1 # \${comment}
  list:
  - \${ITEM}
  - plain
`

const unicode = `kind: DaemonSet
metadata:
  name: ünïcode # ✔ done
  "käse": 🚀 # 🚀
  list: [ü, "🚀", 日本] # 日本
`

export const fixtures: Record<string, string> = {
  plain,
  flat,
  flow,
  keep,
  json,
  compact,
  list,
  anchors,
  templated,
  unicode,
  'plain, CR LF': plain.replaceAll('\n', '\r\n'),
  'keep, CR LF': keep.replaceAll('\n', '\r\n'),
  'plain, CR': plain.replaceAll('\n', '\r'),
  'json, CR LF': json.replaceAll('\n', '\r\n'),
  'keep, without its last line break': keep.slice(0, -1),
  'plain, without its last lines': plain.slice(0, plain.indexOf('\n\n---')),
  'ending in a block': 'kind: DaemonSet\nspec:\n  a: |\n    text',
  'json with tabs': json.replace(/^ +/gm, (indent) => '\t'.repeat(indent.length / 2)),
}
