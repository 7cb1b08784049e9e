/** Calls back once for many wishes, as soon as nothing else waits. */
export interface Scheduler {
  /** @param delay how long to wait for more, in milliseconds */
  wish(key: string, delay?: number): void
  forget(key: string): void
  stop(): void
}

/** How long wishes that never end may put the work off, in milliseconds. */
const patience = 50

/**
 * A wish is granted two turns of the event loop after the last one for the same key: messages that have arrived already
 * are handled before, one a turn, so that of a flood of changes only the last is worked on, and a single one waits for
 * nothing. Of many that are granted at once one is worked on in a turn, the latest first, so that whoever types or asks
 * something meanwhile is answered in between.
 */
export function createScheduler(work: (key: string) => void): Scheduler {
  const waiting = new Map<string, { since: number; cancel: () => void }>()
  /** Granted, and not worked on yet. */
  const due = new Set<string>()
  let turn: NodeJS.Immediate | undefined

  function grant(key: string): void {
    waiting.delete(key)
    if (turn) {
      due.add(key)
      return
    }
    turn = setImmediate(next)
    work(key)
  }

  function next(): void {
    turn = undefined
    const key = [...due].at(-1)
    if (key === undefined) return
    due.delete(key)
    grant(key)
  }

  return {
    wish(key, delay = 0) {
      if (due.has(key)) {
        if (delay > 0) return
        due.delete(key)
      }
      const before = waiting.get(key)
      const now = performance.now()
      const since = before?.since ?? now
      if (before && now - since > Math.max(patience, delay)) return
      before?.cancel()
      waiting.set(key, { since, cancel: delay > 0 ? later(key, delay) : nextTurns(key) })
    },
    forget(key) {
      waiting.get(key)?.cancel()
      waiting.delete(key)
      due.delete(key)
    },
    stop() {
      clearImmediate(turn)
      due.clear()
      for (const { cancel } of waiting.values()) cancel()
      waiting.clear()
    },
  }

  function later(key: string, delay: number): () => void {
    const timer = setTimeout(grant, delay, key)
    return () => clearTimeout(timer)
  }

  function nextTurns(key: string): () => void {
    let turn = setImmediate(() => {
      turn = setImmediate(grant, key)
    })
    return () => clearImmediate(turn)
  }
}
