import type { Container, Probe } from 'kubernetes-types/core/v1.js'

type Probes = Pick<Container, 'startupProbe' | 'livenessProbe' | 'readinessProbe'>

/** A probe by HTTP at a named port, or at a port of the node's loopback when `host` is given. */
export function http(
  path: string,
  port: string | number,
  timing: Partial<Probe> & { host?: string } = {},
): Probe {
  const { host, ...rest } = timing
  return { httpGet: { path, port, ...(host && { host }) }, ...rest }
}

/** A probe that runs a command. */
export function exec(command: string[], timing: Partial<Probe> = {}): Probe {
  return { exec: { command }, ...timing }
}

/** Seconds between two probes; how many seconds one may take; how many may fail. */
export function every(
  periodSeconds: number,
  timeoutSeconds: number,
  failureThreshold?: number,
): Partial<Probe> {
  return { periodSeconds, timeoutSeconds, ...(failureThreshold !== undefined && { failureThreshold }) }
}

/**
 * The probes of an agent that answers by HTTP: it has two minutes to start, is started anew when it does not answer for
 * a minute and a half, and counts as unready after half a minute.
 * @param paths what to ask; without `ready`, `live` tells both
 */
export function httpProbes(port: string | number, paths: { live: string; ready?: string }): Probes {
  const { live, ready = live } = paths
  return {
    startupProbe: http(live, port, every(5, 5, 24)),
    readinessProbe: http(ready, port, every(10, 5, 3)),
    livenessProbe: http(live, port, every(30, 5, 3)),
  }
}
