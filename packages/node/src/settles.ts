import { ConfigError } from '@daemonlint/core'

/**
 * What a promise gives, if it does so in time. (What computes without end cannot be stopped.)
 * @param filePath the configuration that is waited for
 * @param timeout in milliseconds
 * @throws {ConfigError} when the time is over; it does not keep a process alive that has nothing else to do
 */
export async function settles<Value>(
  promise: Promise<Value>,
  filePath: string,
  timeout = 30_000,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const message = `It has not finished loading after ${timeout / 1000} s. Does it wait for something that never comes?`
      reject(new ConfigError(message, { filePath }))
    }, timeout)
    timer.unref()
  })
  try {
    return await Promise.race([promise, over])
  } finally {
    clearTimeout(timer)
  }
}
