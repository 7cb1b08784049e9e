import { isatty } from 'node:tty'
import { writeFully } from '@daemonlint/node/process'

/** One line of a terminal that tells how far a long run is. */
export interface Progress {
  /** @param done how many files are linted */
  tick(done: number): void
  /** Takes the line away. */
  end(): void
}

export interface Terminal {
  write(text: string): void
  /** In milliseconds, from any point. */
  now(): number
}

/** How often the line is written again, in milliseconds. */
const pause = 100

/** Goes to the beginning of the line and clears it. */
const clear = '\r\u001b[K'

/** @param total how many files there are */
export function createProgress(total: number, terminal: Terminal | undefined = terminalOf()): Progress {
  let last = Number.NEGATIVE_INFINITY
  return {
    tick(done) {
      if (!terminal || terminal.now() - last < pause) return
      last = terminal.now()
      terminal.write(`${clear}${done} of ${total} files linted`)
    },
    end() {
      if (last > Number.NEGATIVE_INFINITY) terminal?.write(clear)
    },
  }
}

/** Standard error, where a person looks at it: not in CI, whose logs keep every line, nor where lines cannot be cleared. */
export function terminalOf(env: NodeJS.ProcessEnv = process.env): Terminal | undefined {
  const isSeen = isatty(2) && !env.CI && env.TERM !== 'dumb'
  return isSeen ? { write, now: () => performance.now() } : undefined
}

function write(text: string): void {
  try {
    writeFully(2, text)
  } catch {}
}
