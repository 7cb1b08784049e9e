/** Where `ceph-volume` puts a folder for each OSD. */
export const osdFolder = '/var/lib/ceph/osd'

/** The user of the cluster that is asked whether OSDs can be spared. */
export const guard = 'client.osd-guard'

/** Where the key of that user is. */
export const guardFolder = '/etc/ceph-guard'

/** How long it is waited until OSDs can be spared. */
export const holdSeconds = 120

export const activateScript = `#!/bin/sh
# Makes the OSDs that are on this node's disks ready to start. It prepares and wipes nothing.
set -eu

if ceph-volume lvm activate --all --no-systemd --no-tmpfs; then
  exit 0
fi

echo 'Not all of them: each by itself now, so that a broken one keeps back no other.' >&2
lvs --noheadings --options lv_tags | tr -d ' ' | while read -r tags; do
  case ",$tags," in *,ceph.type=block,*) ;; *) continue ;; esac
  id=$(echo "$tags" | tr ',' '\\n' | sed -n 's/^ceph\\.osd_id=//p')
  fsid=$(echo "$tags" | tr ',' '\\n' | sed -n 's/^ceph\\.osd_fsid=//p')
  ceph-volume lvm activate --no-systemd --no-tmpfs "$id" "$fsid" </dev/null ||
    echo "osd.$id could not be activated." >&2
done
`

export const superviseScript = `#!/bin/sh
# Runs the OSDs of this node. One that ends is started anew by itself, so that a broken disk stops no other.
# SIGTERM goes to all of them, and this ends when they have.
set -eu

loops=''

run() {
  id=$1
  dir=${osdFolder}/ceph-$id
  child=''
  stopping=''
  trap 'stopping=yes; [ -z "$child" ] || kill -TERM "$child" 2>/dev/null || :' TERM
  while [ -z "$stopping" ]; do
    # The udev of the node may have given them back to root.
    for device in "$dir/block" "$dir/block.db" "$dir/block.wal"; do
      [ ! -e "$device" ] || chown ceph:ceph "$device"
    done
    ceph-osd --foreground --id "$id" --setuser ceph --setgroup ceph &
    child=$!
    # The signal may have come before there was a child to pass it on to.
    [ -z "$stopping" ] || kill -TERM "$child" 2>/dev/null || :
    status=0
    wait "$child" || status=$?
    # A signal ends the wait, but not yet the OSD.
    while kill -0 "$child" 2>/dev/null; do
      wait "$child" || status=$?
    done
    [ -z "$stopping" ] || break
    echo "osd.$id has ended with status $status; it is started anew in 10 seconds." >&2
    sleep 10 &
    child=$!
    wait "$child" || :
  done
}

stop() {
  for one in $loops; do
    kill -TERM "$one" 2>/dev/null || :
  done
}
trap stop TERM

for dir in ${osdFolder}/ceph-*; do
  # The link is the last that activation makes.
  [ -L "$dir/block" ] || continue
  run "\${dir##*-}" &
  loops="$loops $!"
done
if [ -z "$loops" ]; then
  echo 'No OSD was found on the disks of this node. Prepare them first, or take its label away.' >&2
  exit 1
fi

for loop in $loops; do
  wait "$loop" || :
  while kill -0 "$loop" 2>/dev/null; do
    wait "$loop" || :
  done
done
`

export const checkScript = `#!/bin/sh
# check.sh ready: every OSD of this node is active. check.sh live: at least one answers.
set -eu

status_of() {
  timeout 10 ceph --admin-daemon "/run/ceph/ceph-osd.$1.asok" status 2>/dev/null
}

is_active() {
  status_of "$1" | grep -q '"state": *"active"'
}

answers() {
  status_of "$1" >/dev/null
}

case "$1" in
  ready) question=is_active ;;
  live) question=answers ;;
  *) exit 2 ;;
esac

checks=''
for dir in ${osdFolder}/ceph-*; do
  [ -d "$dir" ] || continue
  "$question" "\${dir##*-}" &
  checks="$checks $!"
done

good=0
bad=0
for check in $checks; do
  if wait "$check"; then good=$((good + 1)); else bad=$((bad + 1)); fi
done
[ "$good" -gt 0 ]
[ "$1" = live ] || [ "$bad" -eq 0 ]
`

export const holdScript = `#!/bin/sh
# Before the OSDs of this node are stopped: waits until no data becomes unreachable by that, but not forever.
set -eu

# To where the logs of the container come from.
exec >/proc/1/fd/1 2>&1

ids=''
for dir in ${osdFolder}/ceph-*; do
  [ ! -L "$dir/block" ] || ids="$ids \${dir##*-}"
done
[ -n "$ids" ] || exit 0

end=$(($(date +%s) + ${holdSeconds}))
while [ "$(date +%s)" -lt "$end" ]; do
  status=0
  # shellcheck disable=SC2086
  timeout 15 ceph --connect-timeout 10 --name ${guard} --keyring ${guardFolder}/client.keyring \\
    osd ok-to-stop $ids >/dev/null || status=$?
  case "$status" in
    0) exit 0 ;;
    16) echo "Stopping$ids now would make data unreachable; waiting." ;;
    *)
      echo "The cluster could not be asked whether it can spare$ids (status $status); stopping."
      exit 0
      ;;
  esac
  sleep 5
done
echo "Waited ${holdSeconds} seconds for the cluster to spare$ids; stopping."
`
