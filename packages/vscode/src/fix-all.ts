import { commands } from 'vscode'

/** Mends what can be mended in the document at hand, as saving does where it is set so. */
export async function fixAll(): Promise<void> {
  await commands.executeCommand('editor.action.codeAction', {
    kind: 'source.fixAll.daemonlint',
    apply: 'first',
    preferred: false,
  })
}
