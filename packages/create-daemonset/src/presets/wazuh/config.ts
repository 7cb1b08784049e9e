/** What its configuration is made of. */
export interface WazuhSettings {
  manager: string
  managerPort: number
  enrollmentServer: string
  enrollmentPort: number
  group: string
  logFiles: string[]
  hostFiles: string[]
  /** Files in the container; undefined where there are none. */
  passwordFile: string | undefined
  caFile: string | undefined
}

/** `ossec.conf`, in which NODE_NAME stands for the name of the node until the pod starts. */
export function ossecConf(settings: WazuhSettings): string {
  const { manager, managerPort, enrollmentServer, enrollmentPort, group, passwordFile, caFile } = settings
  const ca = caFile === undefined ? [] : [`      <server_ca_path>${caFile}</server_ca_path>`]
  const password =
    passwordFile === undefined
      ? []
      : [`      <authorization_pass_path>${passwordFile}</authorization_pass_path>`]
  const lines = [
    '<ossec_config>',
    '  <client>',
    '    <server>',
    `      <address>${manager}</address>`,
    `      <port>${managerPort}</port>`,
    '      <protocol>tcp</protocol>',
    '    </server>',
    '    <notify_time>10</notify_time>',
    '    <time-reconnect>60</time-reconnect>',
    '    <auto_restart>yes</auto_restart>',
    '    <crypto_method>aes</crypto_method>',
    '    <enrollment>',
    '      <enabled>yes</enabled>',
    `      <manager_address>${enrollmentServer}</manager_address>`,
    `      <port>${enrollmentPort}</port>`,
    '      <!-- The init container writes the name of the node here. -->',
    '      <agent_name>NODE_NAME</agent_name>',
    `      <groups>${group}</groups>`,
    ...ca,
    ...password,
    '    </enrollment>',
    '  </client>',
    '',
    '  <client_buffer>',
    '    <disabled>no</disabled>',
    '    <queue_size>5000</queue_size>',
    '    <events_per_second>500</events_per_second>',
    '  </client_buffer>',
    '',
    '  <!-- These would look at the container, not at the node. -->',
    '  <rootcheck>',
    '    <disabled>yes</disabled>',
    '  </rootcheck>',
    '  <sca>',
    '    <enabled>no</enabled>',
    '  </sca>',
    '  <wodle name="syscollector">',
    '    <disabled>yes</disabled>',
    '  </wodle>',
    '  <active-response>',
    '    <disabled>yes</disabled>',
    '  </active-response>',
    '',
    ...syscheck(settings.hostFiles),
    ...settings.logFiles.flatMap((file) => [
      '',
      '  <localfile>',
      '    <log_format>syslog</log_format>',
      `    <location>${file}</location>`,
      '  </localfile>',
    ]),
    '',
    '  <logging>',
    '    <log_format>plain</log_format>',
    '  </logging>',
    '</ossec_config>',
  ]
  return `${lines.join('\n')}\n`
}

function syscheck(folders: string[]): string[] {
  if (folders.length === 0) return ['  <syscheck>', '    <disabled>yes</disabled>', '  </syscheck>']
  return [
    '  <!-- Twice a day, and slowly. -->',
    '  <syscheck>',
    '    <disabled>no</disabled>',
    '    <frequency>43200</frequency>',
    '    <scan_on_start>yes</scan_on_start>',
    ...folders.map((folder) => `    <directories check_all="yes">${folder}</directories>`),
    ...['mtab', 'adjtime', 'resolv.conf'].map((file) => `    <ignore>/host/etc/${file}</ignore>`),
    '    <ignore type="sregex">.log$|.swp$</ignore>',
    '    <skip_nfs>yes</skip_nfs>',
    '    <process_priority>10</process_priority>',
    '    <max_eps>50</max_eps>',
    '    <synchronization>',
    '      <enabled>yes</enabled>',
    '      <interval>5m</interval>',
    '      <max_eps>10</max_eps>',
    '    </synchronization>',
    '  </syscheck>',
  ]
}

/** Lays out what the agent writes to, before it starts. */
export const prepareScript = `#!/bin/bash
set -eu
image=/var/ossec

# What is new in each pod: logs, process numbers, locks.
for folder in logs tmp var; do
  mkdir -p "/prepared/$folder"
  cp -a "$image/$folder/." "/prepared/$folder/"
done

# What outlives the pod: the key that it got from the manager, and what it has seen so far.
for folder in etc queue; do
  mkdir -p "/state/$folder"
  chown --reference="$image/$folder" "/state/$folder"
  chmod --reference="$image/$folder" "/state/$folder"
done
cp -a "$image/queue/." /state/queue/
for path in "$image"/etc/*; do
  file=\${path##*/}
  case $file in
    ossec.conf) continue ;;
    client.keys) if [ -s /state/etc/client.keys ]; then continue; fi ;;
  esac
  cp -a "$path" /state/etc/
done

sed "s/<agent_name>NODE_NAME</<agent_name>$NODE_NAME</" /config/ossec.conf > /state/etc/.ossec.conf.new
chown root:wazuh /state/etc/.ossec.conf.new
chmod 660 /state/etc/.ossec.conf.new
mv /state/etc/.ossec.conf.new /state/etc/ossec.conf
`

/** Starts the agent's processes and stays, with their log on standard output. */
export const runScript = `#!/bin/bash
set -eu
control=/var/ossec/bin/wazuh-control

# Of a container before this one, if it did not end by itself.
rm -rf /var/ossec/var/run/*.pid /var/ossec/var/start-script-lock

"$control" start
tail -n +1 -F /var/ossec/logs/ossec.log &
log=$!
trap '"$control" stop; kill "$log"; exit 0' TERM INT
wait "$log"
`

/** Fails if one of its processes is gone. */
export const aliveScript = `#!/bin/bash
set -eu
for process in agentd execd logcollector modulesd syscheckd; do
  pgrep -f "^/var/ossec/bin/wazuh-$process" > /dev/null || {
    echo "wazuh-$process does not run." >&2
    exit 1
  }
done
`
