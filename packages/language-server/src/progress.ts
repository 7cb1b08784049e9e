import { randomUUID } from 'node:crypto'
import type { ClientCapabilities, Connection } from 'vscode-languageserver/node'

export interface Progress {
  report(done: number, of: number): void
  done(): void
}

/** Work shorter than this shows no progress, in milliseconds. */
const unseen = 500

/** Shows how far a work is, where the client can show it and the work takes long enough for anybody to wonder. */
export function createProgress(
  connection: Connection,
  { window }: ClientCapabilities,
  title: string,
): Progress {
  const token = randomUUID()
  const started = performance.now()
  let state: 'waiting' | 'creating' | 'shown' | 'over' = 'waiting'
  let last = -1
  const send = (value: object) => connection.sendNotification('$/progress', { token, value })

  function create(): void {
    state = 'creating'
    connection.sendRequest('window/workDoneProgress/create', { token }).then(
      () => {
        if (state !== 'creating') return
        state = 'shown'
        void send({ kind: 'begin', title, percentage: 0 })
      },
      () => {
        state = 'over'
      },
    )
  }

  return {
    report(done, of) {
      if (!window?.workDoneProgress) return
      if (state === 'waiting' && performance.now() - started > unseen) create()
      const percentage = Math.floor((done / of) * 100)
      if (state !== 'shown' || percentage === last) return
      last = percentage
      void send({ kind: 'report', percentage, message: `${done} of ${of} files` })
    },
    done() {
      if (state === 'shown') void send({ kind: 'end' })
      state = 'over'
    },
  }
}
