/**
 * Versions of Node whose engine was seen to know the flag; one that does not would complain on standard error.
 */
const tried = /^2[0-5]\./

/**
 * Prepares the engine for a run over many files, which makes and drops much: its space for young objects grows to the
 * full size (16 MiB by default) at once, where it would double now and then and collect far more often until then.
 */
export async function prepareForMany(count: number): Promise<void> {
  if (count < 100 || !tried.test(process.versions.node)) return
  const { setFlagsFromString } = await import('node:v8')
  setFlagsFromString('--semi-space-growth-factor=16')
}
