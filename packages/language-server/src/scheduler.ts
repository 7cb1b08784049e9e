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
 * nothing.
 */
export function createScheduler(work: (key: string) => void): Scheduler {
  const waiting = new Map<string, { since: number; cancel: () => void }>()

  function grant(key: string): void {
    waiting.delete(key)
    work(key)
  }

  return {
    wish(key, delay = 0) {
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
    },
    stop() {
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
