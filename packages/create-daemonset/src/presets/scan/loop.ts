import type { Probe } from 'kubernetes-types/core/v1.js'
import { scratch } from '../../kit/mounts.ts'
import { every, exec } from '../../kit/probes.ts'
import type { Mount } from '../../types.ts'

const work = '/work'

export interface ScanLoop {
  /** What runs one scan: commands that fail when it fails. */
  scan: string
  /** Hours between two scans. */
  hours: number
  /** Scans begin at a random moment within so many seconds, so that not all nodes ask for the same at once. */
  spread?: number
}

/** A script that scans now and then. It never ends by itself: a pod of a DaemonSet that ends is started again. */
export function loopScript({ scan, hours, spread = 0 }: ScanLoop): string {
  const first =
    spread === 0
      ? ''
      : `
# Not all nodes at once.
pause "$(($(od -An -N2 -tu2 /dev/urandom) % ${spread}))"
`
  return `#!/bin/sh
set -u
trap 'exit 0' TERM INT

# Waits, and shows each minute that it is there. In the background, so that a signal is heard at once.
pause() {
  left=$1
  while [ "$left" -gt 0 ]; do
    touch ${work}/alive
    sleep "$((left < 60 ? left : 60))" &
    wait "$!"
    left=$((left - 60))
  done
}

scan() {
${scan.replaceAll(/^(?=.)/gm, '  ')}
}

rm -f ${work}/failed
touch ${work}/alive
${first}
while :; do
  if scan; then
    rm -f ${work}/failed
    pause ${hours * 3600}
  else
    echo 'The scan failed; the next one is in ten minutes.' >&2
    touch ${work}/failed
    pause 600
  fi
done
`
}

/** What the probes of such a loop look at. */
export function loopMount(): Mount {
  return scratch('work', work, {
    sizeLimit: '16Mi',
    why: 'Where the loop shows that it runs, and how the last scan went.',
  })
}

/**
 * Ready while scans succeed, alive while the loop goes on.
 * @param minutes how long one scan may take at most
 */
export function loopProbes(minutes: number): { readinessProbe: Probe; livenessProbe: Probe } {
  return {
    readinessProbe: exec(['sh', '-c', `test -e ${work}/alive && test ! -e ${work}/failed`], every(30, 5, 2)),
    livenessProbe: exec(
      ['sh', '-c', `test -n "$(find ${work}/alive -mmin -${minutes + 10})"`],
      every(60, 5, 3),
    ),
  }
}
