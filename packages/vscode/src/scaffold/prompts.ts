import { type Answers, messageOf, type Preset } from 'create-daemonset/editor'
import { type QuickPickItem, window } from 'vscode'
import { answerOf, type Open } from './answering.ts'

/** Lets one be chosen. @returns undefined after Escape */
export async function pick<T extends QuickPickItem>(
  items: readonly T[],
  { title, placeholder }: { title: string; placeholder: string },
): Promise<T | undefined> {
  return window.showQuickPick(items, {
    title,
    placeHolder: placeholder,
    matchOnDescription: true,
    matchOnDetail: true,
    // Looking something up elsewhere loses nothing.
    ignoreFocusOut: true,
  })
}

/** Asks one question. @returns undefined after Escape */
export async function ask(
  open: Open,
  preset: Preset,
  given: Answers,
): Promise<{ value: unknown } | undefined> {
  const { question, value, shown } = open
  const title = `New DaemonSet: ${preset.title}`
  const message = messageOf(question)
  if (question.kind === 'confirm' || question.kind === 'select') {
    const choices =
      question.kind === 'select'
        ? question.choices.map((choice) => ({
            value: choice.value as unknown,
            label: choice.label ?? choice.value,
            hint: choice.hint,
          }))
        : [
            { value: true, label: 'Yes', hint: undefined },
            { value: false, label: 'No', hint: undefined },
          ]
    const items = choices.map(({ label, hint, value: own }) => ({
      label,
      description: [hint, own === value ? 'as it is' : ''].filter(Boolean).join(', '),
      value: own,
    }))
    const chosen = await pick(items, { title, placeholder: message })
    return chosen && { value: chosen.value }
  }
  const typed = await window.showInputBox({
    title,
    prompt: `${message} ${question.help}`,
    value: shown,
    ignoreFocusOut: true,
    validateInput(text) {
      const answer = answerOf(open, text, preset, given)
      return 'mistake' in answer ? answer.mistake : undefined
    },
  })
  if (typed === undefined) return undefined
  const answer = answerOf(open, typed, preset, given)
  return 'mistake' in answer ? undefined : answer
}
