// Settings that the server holds against others: [what, [path, value][]]. Paths are those of the pod's spec; a leading
// '/' stands for the document.
const first = ['containers', 0]

export const combinations = [
  ['hostNetwork', [[['hostNetwork'], true]]],
  ['hostPID', [[['hostPID'], true]]],
  ['hostIPC', [[['hostIPC'], true]]],
  [
    'hostPID and shareProcessNamespace',
    [
      [['hostPID'], true],
      [['shareProcessNamespace'], true],
    ],
  ],
  ['hostUsers false', [[['hostUsers'], false]]],
  [
    'hostUsers false and hostNetwork',
    [
      [['hostUsers'], false],
      [['hostNetwork'], true],
    ],
  ],
  [
    'hostUsers false and hostPID',
    [
      [['hostUsers'], false],
      [['hostPID'], true],
    ],
  ],
  [
    'hostUsers false and hostIPC',
    [
      [['hostUsers'], false],
      [['hostIPC'], true],
    ],
  ],
  ['os linux', [[['os'], { name: 'linux' }]]],
  ['os windows', [[['os'], { name: 'windows' }]]],
  [
    'windows, bare',
    [
      [['os'], { name: 'windows' }],
      [['securityContext'], {}],
      [['hostPID'], false],
      [[...first, 'securityContext'], {}],
    ],
  ],
  [
    'host process',
    [
      [['os'], { name: 'windows' }],
      [['hostNetwork'], true],
      [['securityContext'], { windowsOptions: { hostProcess: true } }],
    ],
  ],
  [
    'host process of a container',
    [
      [['hostNetwork'], true],
      [[...first, 'securityContext', 'windowsOptions'], { hostProcess: true }],
    ],
  ],
  [
    'host process, against the pod',
    [
      [['securityContext', 'windowsOptions'], { hostProcess: true }],
      [[...first, 'securityContext', 'windowsOptions'], { hostProcess: false }],
    ],
  ],
  ['windows options', [[['securityContext', 'windowsOptions'], { runAsUserName: 'a' }]]],
  ['dnsPolicy None', [[['dnsPolicy'], 'None']]],
  [
    'dnsPolicy None and a config',
    [
      [['dnsPolicy'], 'None'],
      [['dnsConfig'], { nameservers: ['10.0.0.10'] }],
    ],
  ],
  ['hostnameOverride', [[['hostnameOverride'], 'a.b']]],
  [
    'hostnameOverride and hostNetwork',
    [
      [['hostnameOverride'], 'a.b'],
      [['hostNetwork'], true],
    ],
  ],
  [
    'hostnameOverride and FQDN',
    [
      [['hostnameOverride'], 'a.b'],
      [['setHostnameAsFQDN'], true],
    ],
  ],
  [
    'surge',
    [
      [
        ['/', 'spec', 'updateStrategy'],
        { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      ],
    ],
  ],
  ['surge alone', [[['/', 'spec', 'updateStrategy'], { rollingUpdate: { maxSurge: 1 } }]]],
  [
    'surge in percent',
    [[['/', 'spec', 'updateStrategy'], { rollingUpdate: { maxSurge: '10%', maxUnavailable: '0%' } }]],
  ],
  ['OnDelete', [[['/', 'spec', 'updateStrategy', 'type'], 'OnDelete']]],
  ['privileged', [[[...first, 'securityContext', 'privileged'], true]]],
  ['no escalation', [[[...first, 'securityContext', 'allowPrivilegeEscalation'], false]]],
  [
    'privileged without escalation',
    [[[...first, 'securityContext'], { privileged: true, allowPrivilegeEscalation: false }]],
  ],
  [
    'CAP_SYS_ADMIN without escalation',
    [
      [
        [...first, 'securityContext'],
        { capabilities: { add: ['CAP_SYS_ADMIN'] }, allowPrivilegeEscalation: false },
      ],
    ],
  ],
  [
    'unmasked',
    [
      [[...first, 'securityContext', 'procMount'], 'Unmasked'],
      [['hostUsers'], false],
    ],
  ],
  [
    'requests above limits',
    [
      [
        [...first, 'resources'],
        { requests: { cpu: '2', memory: '2Gi' }, limits: { cpu: '1', memory: '1Gi' } },
      ],
    ],
  ],
  [
    'requests at limits',
    [
      [
        [...first, 'resources'],
        { requests: { cpu: '1000m', memory: '1Gi' }, limits: { cpu: '1', memory: '1024Mi' } },
      ],
    ],
  ],
  [
    'huge pages',
    [
      [
        [...first, 'resources'],
        {
          requests: { memory: '1Gi', 'hugepages-2Mi': '4Mi' },
          limits: { memory: '1Gi', 'hugepages-2Mi': '4Mi' },
        },
      ],
    ],
  ],
  ['huge pages alone', [[[...first, 'resources'], { limits: { 'hugepages-2Mi': '4Mi' } }]]],
  ['uneven huge pages', [[[...first, 'resources'], { limits: { cpu: '1', 'hugepages-2Mi': '3Mi' } }]]],
  [
    'a device',
    [[[...first, 'resources'], { requests: { 'example.com/a': '1' }, limits: { 'example.com/a': '1' } }]],
  ],
  ['a device without a limit', [[[...first, 'resources'], { requests: { 'example.com/a': '1' } }]]],
  ['half a device', [[[...first, 'resources'], { limits: { 'example.com/a': '500m' } }]]],
  [
    'more devices than asked',
    [[[...first, 'resources'], { requests: { 'example.com/a': '1' }, limits: { 'example.com/a': '2' } }]],
  ],
  [
    'pod resources',
    [[['resources'], { requests: { cpu: '4', memory: '8Gi' }, limits: { cpu: '4', memory: '8Gi' } }]],
  ],
  [
    'small pod resources',
    [[['resources'], { requests: { cpu: '1m', memory: '1Mi' }, limits: { cpu: '2m', memory: '2Mi' } }]],
  ],
  ['a limit of the pod', [[['resources'], { limits: { cpu: '1m' } }]]],
  [
    'a claim',
    [
      [['resourceClaims'], [{ name: 'gpu', resourceClaimName: 'a' }]],
      [[...first, 'resources', 'claims'], [{ name: 'gpu' }]],
    ],
  ],
  [
    'a claim and its request',
    [
      [['resourceClaims'], [{ name: 'gpu', resourceClaimTemplateName: 'a' }]],
      [
        [...first, 'resources', 'claims'],
        [{ name: 'gpu' }, { name: 'gpu', request: 'a' }],
      ],
    ],
  ],
  [
    'two requests of a claim',
    [
      [['resourceClaims'], [{ name: 'gpu', resourceClaimTemplateName: 'a' }]],
      [
        [...first, 'resources', 'claims'],
        [
          { name: 'gpu', request: 'b' },
          { name: 'gpu', request: 'a' },
        ],
      ],
    ],
  ],
  ['an unknown claim', [[[...first, 'resources', 'claims'], [{ name: 'none' }]]]],
  ['claims of the pod', [[['resources'], { claims: [{ name: 'gpu' }] }]]],
  [
    'the same host port twice',
    (pod) => [
      [
        ['containers', pod.containers?.length ?? 0],
        {
          name: 'other',
          image: 'a',
          ports: [
            { containerPort: 1, hostPort: 8080 },
            { containerPort: 2, hostPort: 8080 },
          ],
        },
      ],
    ],
  ],
  [
    'the same host port, another protocol',
    (pod) => [
      [
        ['containers', pod.containers?.length ?? 0],
        {
          name: 'other',
          image: 'a',
          ports: [
            { containerPort: 1, hostPort: 8080 },
            { containerPort: 2, hostPort: 8080, protocol: 'UDP' },
            { containerPort: 3, hostPort: 8080, hostIP: '10.0.0.1' },
          ],
        },
      ],
    ],
  ],
  [
    'a bidirectional mount',
    [
      [[...first, 'volumeMounts'], [{ name: 'host', mountPath: '/host', mountPropagation: 'Bidirectional' }]],
      [['volumes'], [{ name: 'host', hostPath: { path: '/' } }]],
      [[...first, 'securityContext', 'privileged'], true],
    ],
  ],
  [
    'a recursively read-only mount',
    [
      [
        [...first, 'volumeMounts'],
        [{ name: 'host', mountPath: '/host', readOnly: true, recursiveReadOnly: 'Enabled' }],
      ],
      [['volumes'], [{ name: 'host', hostPath: { path: '/' } }]],
    ],
  ],
  [
    'a recursively read-only mount, propagated',
    [
      [
        [...first, 'volumeMounts'],
        [
          {
            name: 'host',
            mountPath: '/host',
            readOnly: true,
            recursiveReadOnly: 'IfPossible',
            mountPropagation: 'HostToContainer',
          },
        ],
      ],
      [['volumes'], [{ name: 'host', hostPath: { path: '/' } }]],
    ],
  ],
  [
    'a block device',
    [
      [[...first, 'volumeMounts'], []],
      [[...first, 'volumeDevices'], [{ name: 'disk', devicePath: '/dev/a' }]],
      [['volumes'], [{ name: 'disk', persistentVolumeClaim: { claimName: 'a' } }]],
    ],
  ],
  [
    'a device that is mounted as well',
    [
      [[...first, 'volumeMounts'], [{ name: 'disk', mountPath: '/dev/a' }]],
      [[...first, 'volumeDevices'], [{ name: 'disk', devicePath: '/dev/a' }]],
      [['volumes'], [{ name: 'disk', persistentVolumeClaim: { claimName: 'a' } }]],
    ],
  ],
  [
    'a sidecar',
    [
      [
        ['initContainers'],
        [
          {
            name: 'sidecar',
            image: 'a',
            restartPolicy: 'Always',
            livenessProbe: { exec: { command: ['a'] } },
            lifecycle: { preStop: { sleep: { seconds: 1 } } },
          },
        ],
      ],
    ],
  ],
  [
    'an init container with a probe',
    [[['initContainers'], [{ name: 'init', image: 'a', readinessProbe: { exec: { command: ['a'] } } }]]],
  ],
  [
    'an init container that resizes',
    [
      [
        ['initContainers'],
        [
          {
            name: 'init',
            image: 'a',
            resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'RestartContainer' }],
          },
        ],
      ],
    ],
  ],
  [
    'restart rules',
    [
      [[...first, 'restartPolicy'], 'Never'],
      [
        [...first, 'restartPolicyRules'],
        [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }],
      ],
    ],
  ],
  [
    'restart rules alone',
    [
      [
        [...first, 'restartPolicyRules'],
        [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }],
      ],
    ],
  ],
  [
    'resize policies',
    [
      [
        [...first, 'resizePolicy'],
        [
          { resourceName: 'cpu', restartPolicy: 'NotRequired' },
          { resourceName: 'memory', restartPolicy: 'RestartContainer' },
        ],
      ],
    ],
  ],
  ['a long sleep', [[[...first, 'lifecycle'], { preStop: { sleep: { seconds: 31 } } }]]],
  [
    'a long sleep and time for it',
    [
      [[...first, 'lifecycle'], { preStop: { sleep: { seconds: 60 } } }],
      [['terminationGracePeriodSeconds'], 60],
    ],
  ],
  [
    'AppArmor, twice',
    [
      [
        ['/', 'spec', 'template', 'metadata', 'annotations'],
        { 'container.apparmor.security.beta.kubernetes.io/agent': 'unconfined' },
      ],
      [[...first, 'securityContext', 'appArmorProfile'], { type: 'RuntimeDefault' }],
    ],
  ],
  [
    'AppArmor for the pod, twice',
    [
      [
        ['/', 'spec', 'template', 'metadata', 'annotations'],
        { 'container.apparmor.security.beta.kubernetes.io/agent': 'runtime/default' },
      ],
      [['securityContext', 'appArmorProfile'], { type: 'Localhost', localhostProfile: 'a' }],
    ],
  ],
  [
    'AppArmor, local, twice',
    [
      [
        ['/', 'spec', 'template', 'metadata', 'annotations'],
        { 'container.apparmor.security.beta.kubernetes.io/agent': 'localhost/a' },
      ],
      [[...first, 'securityContext', 'appArmorProfile'], { type: 'Localhost', localhostProfile: 'b' }],
    ],
  ],
  [
    'seccomp, twice',
    [
      [
        ['/', 'spec', 'template', 'metadata', 'annotations'],
        { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' },
      ],
      [['securityContext', 'seccompProfile'], { type: 'RuntimeDefault' }],
    ],
  ],
  [
    'seccomp, local, twice',
    [
      [
        ['/', 'spec', 'template', 'metadata', 'annotations'],
        { 'seccomp.security.alpha.kubernetes.io/pod': 'localhost/a' },
      ],
      [['securityContext', 'seccompProfile'], { type: 'Localhost', localhostProfile: 'b' }],
    ],
  ],
  [
    'seccomp of a container, twice',
    [
      [
        ['/', 'spec', 'template', 'metadata', 'annotations'],
        { 'container.seccomp.security.alpha.kubernetes.io/agent': 'runtime/default' },
      ],
      [[...first, 'securityContext', 'seccompProfile'], { type: 'Unconfined' }],
    ],
  ],
  [
    "sysctls of the host's network",
    [
      [['securityContext', 'sysctls'], [{ name: 'net.core.somaxconn', value: '1' }]],
      [['hostNetwork'], true],
    ],
  ],
  [
    "sysctls of the host's IPC",
    [
      [['securityContext', 'sysctls'], [{ name: 'kernel.shmmax', value: '1' }]],
      [['hostIPC'], true],
    ],
  ],
  [
    'a mirror',
    [[['/', 'spec', 'template', 'metadata', 'annotations'], { 'kubernetes.io/config.mirror': 'a' }]],
  ],
  [
    'a mirror on a node',
    [
      [['/', 'spec', 'template', 'metadata', 'annotations'], { 'kubernetes.io/config.mirror': 'a' }],
      [['nodeName'], 'node-1'],
    ],
  ],
  [
    'an environment from a file',
    [
      [
        [...first, 'env'],
        [{ name: 'A', valueFrom: { fileKeyRef: { volumeName: 'env', path: 'a', key: 'A' } } }],
      ],
      [['volumes'], [{ name: 'env', emptyDir: {} }]],
      [[...first, 'volumeMounts'], []],
    ],
  ],
  [
    'an environment from a file, elsewhere',
    [
      [
        [...first, 'env'],
        [{ name: 'A', valueFrom: { fileKeyRef: { volumeName: 'env', path: 'a', key: 'A' } } }],
      ],
      [['volumes'], [{ name: 'env', hostPath: { path: '/' } }]],
      [[...first, 'volumeMounts'], []],
    ],
  ],
  [
    'two owners that control',
    [
      [
        ['/', 'metadata', 'ownerReferences'],
        [
          { apiVersion: 'v1', kind: 'A', name: 'a', uid: 'a', controller: true },
          { apiVersion: 'v1', kind: 'A', name: 'b', uid: 'b', controller: true },
        ],
      ],
    ],
  ],
  [
    'finalizers that conflict',
    [
      [
        ['/', 'metadata', 'finalizers'],
        ['orphan', 'foregroundDeletion'],
      ],
    ],
  ],
  [
    'matchLabelKeys in the selector',
    [
      [
        ['topologySpreadConstraints'],
        [
          {
            maxSkew: 1,
            topologyKey: 'zone',
            whenUnsatisfiable: 'DoNotSchedule',
            labelSelector: { matchLabels: { app: 'agent' } },
            matchLabelKeys: ['app'],
          },
        ],
      ],
    ],
  ],
  [
    'matchLabelKeys twice in the selector',
    [
      [
        ['topologySpreadConstraints'],
        [
          {
            maxSkew: 1,
            topologyKey: 'zone',
            whenUnsatisfiable: 'DoNotSchedule',
            labelSelector: {
              matchLabels: { app: 'agent' },
              matchExpressions: [{ key: 'app', operator: 'In', values: ['agent'] }],
            },
            matchLabelKeys: ['app'],
          },
        ],
      ],
    ],
  ],
  [
    'matchLabelKeys without a selector',
    [
      [
        ['topologySpreadConstraints'],
        [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway', matchLabelKeys: ['app'] }],
      ],
    ],
  ],
  [
    'match and mismatch',
    [
      [
        ['affinity'],
        {
          podAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              {
                topologyKey: 'zone',
                labelSelector: { matchLabels: { app: 'agent' } },
                matchLabelKeys: ['a'],
                mismatchLabelKeys: ['a', 'b'],
              },
            ],
          },
        },
      ],
    ],
  ],
  [
    'the selector by expressions',
    [[['/', 'spec', 'selector'], { matchExpressions: [{ key: 'app', operator: 'Exists' }] }]],
  ],
  [
    'a selector that also excludes',
    [
      [
        ['/', 'spec', 'selector', 'matchExpressions'],
        [
          { key: 'none', operator: 'DoesNotExist' },
          { key: 'app', operator: 'NotIn', values: ['b'] },
        ],
      ],
    ],
  ],
]
