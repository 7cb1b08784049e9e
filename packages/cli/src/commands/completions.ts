import { bashScript } from '../completions/bash.ts'
import { fishScript } from '../completions/fish.ts'
import { grammar } from '../completions/grammar.ts'
import { zshScript } from '../completions/zsh.ts'
import { UsageError } from '../usage-error.ts'

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript }

/**
 * The script that makes a shell complete the command. It holds all words itself, so that completing starts nothing.
 * @param shell `bash`, `zsh` or `fish`
 * @throws UsageError for another one
 */
export function completions(shell: string): string {
  if (!Object.hasOwn(scripts, shell))
    throw new UsageError(`There are no completions for '${shell}': bash, zsh and fish have some.`)
  return scripts[shell as keyof typeof scripts](grammar())
}
