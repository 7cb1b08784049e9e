import { homedir } from 'node:os'
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path'
import {
  type Answers,
  answersFileName,
  answersText,
  categories,
  existingFiles,
  forms,
  scaffold as make,
  type Output,
  type Preset,
  presets,
  type Scaffolded,
  writeFiles,
} from 'create-daemonset/editor'
import { Uri, window, workspace } from 'vscode'
import { answersLeft, openQuestions, unanswered } from './answering.ts'
import { ask, pick } from './prompts.ts'

/** What the person has decided so far. */
interface Plan {
  preset: Preset
  answers: Answers
  output: Output
  /** Absolute, and there already. */
  base: string
  /** As typed, from `base`; undefined for the name of the daemon. */
  directory: string | undefined
}

/**
 * Asks for a daemon and makes its files, of which none may be there.
 * @param target the folder that was clicked on
 */
export async function scaffold(target: unknown): Promise<void> {
  for (;;) {
    const preset = await choosePreset()
    if (!preset) return
    if (preset.caution && !(await isAccepted(preset))) continue
    const output = await chooseForm()
    if (!output) continue
    const base = await folderFor(target)
    if (base === undefined) return
    const plan: Plan = { preset, answers: {}, output, base, directory: undefined }
    if (await carryOut(plan)) return
  }
}

async function choosePreset(): Promise<Preset | undefined> {
  const chosen = await pick(
    presets.map((preset) => ({
      label: preset.title,
      description: `${categories[preset.category]}${preset.caution ? ' $(warning)' : ''}`,
      detail: preset.summary,
      preset,
    })),
    { title: 'New DaemonSet', placeholder: 'Which daemon? (type to search)' },
  )
  return chosen?.preset
}

async function isAccepted({ title, caution }: Preset): Promise<boolean> {
  const go = 'Go On'
  const detail = `${caution!.why} Successor: ${caution!.successor}.`
  return (await window.showWarningMessage(`Make ${title} all the same?`, { modal: true, detail }, go)) === go
}

async function chooseForm(): Promise<Output | undefined> {
  const items = forms.map(({ value, label, hint }) => ({ label, description: hint, value }))
  return (await pick(items, { title: 'New DaemonSet', placeholder: 'In which form?' }))?.value
}

/** The folder that was clicked on, that of the workspace, or one to choose. */
async function folderFor(target: unknown): Promise<string | undefined> {
  if (target instanceof Uri && target.scheme === 'file') return target.fsPath
  const folders = workspace.workspaceFolders?.filter(({ uri }) => uri.scheme === 'file') ?? []
  if (folders.length === 1) return folders[0]!.uri.fsPath
  if (folders.length > 1) {
    const items = folders.map(({ name, uri }) => ({ label: name, description: uri.fsPath, uri }))
    return (await pick(items, { title: 'New DaemonSet', placeholder: 'In which folder?' }))?.uri.fsPath
  }
  const [chosen] =
    (await window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: Uri.file(homedir()),
      openLabel: 'Make It Here',
    })) ?? []
  return chosen?.fsPath
}

/** @returns false where the person wants to choose another daemon */
async function carryOut(plan: Plan): Promise<boolean> {
  const { preset } = plan
  for (;;) {
    const open = unanswered(preset, plan.answers)
    if (open) {
      if (!(await answer(plan, open.key))) return false
      continue
    }
    const next = await review(plan)
    if (next === undefined) return false
    if (next === 'form') plan.output = (await chooseForm()) ?? plan.output
    else if (next === 'folder') await chooseDirectory(plan)
    else if (next !== 'write') await answer(plan, next.key)
    else if (await write(plan)) return true
  }
}

/** @returns false where nothing was answered */
async function answer(plan: Plan, key: string): Promise<boolean> {
  const open = openQuestions(plan.preset, plan.answers).find((one) => one.key === key)!
  const given = await ask(open, plan.preset, plan.answers)
  if (!given) return false
  plan.answers = answersLeft(plan.preset, { ...plan.answers, [key]: given.value })
  return true
}

/** Shows what everything came to. @returns what to change, or that it is to be written */
async function review(plan: Plan) {
  const { preset, answers, output } = plan
  const folder = shownFolder(plan)
  const form = forms.find(({ value }) => value === output)!
  type Next = 'write' | 'form' | 'folder' | { key: string }
  const items: { label: string; description: string; next: Next }[] = [
    { label: '$(check) Write It', description: `into ${folder}`, next: 'write' },
    { label: '$(folder) Folder', description: folder, next: 'folder' },
    { label: '$(files) Form', description: form.label, next: 'form' },
    ...openQuestions(preset, answers).map(({ key, question, shown }) => ({
      label: question.message,
      description: shown || '–',
      next: { key },
    })),
  ]
  const chosen = await pick(items, {
    title: `New DaemonSet: ${preset.title}`,
    placeholder: 'Enter writes it. Or choose what is to be different.',
  })
  return chosen?.next
}

async function chooseDirectory(plan: Plan): Promise<void> {
  const typed = await window.showInputBox({
    title: `New DaemonSet: ${plan.preset.title}`,
    prompt: `Into which folder? It is made if it is not there. Relative to ${plan.base}`,
    value: plan.directory ?? nameOf(plan),
    validateInput: (text) => (text.trim() === '' ? 'Expected the path of a folder.' : undefined),
  })
  if (typed !== undefined) plan.directory = typed.trim()
}

/** @returns false where nothing was written */
async function write(plan: Plan): Promise<boolean> {
  const folder = folderOf(plan)
  try {
    const { files, next } = filesOf(plan)
    const existing = existingFiles(folder, files)
    if (existing.length > 0) {
      const which =
        existing.length === 1 ? `${existing[0]} is` : `${existing[0]} and ${existing.length - 1} more are`
      window.showErrorMessage(
        `daemonlint: ${which} in ${folder} already. Nothing was written: choose another folder.`,
      )
      return false
    }
    const notes = writeFiles(folder, files, { overwrite: false })
    await show(plan, files, [...next, ...notes])
    return true
  } catch (error) {
    if ((error as Error).name !== 'ScaffoldError') throw error
    window.showErrorMessage(`daemonlint: ${(error as Error).message}`)
    return false
  }
}

function filesOf({ preset, answers, output, base, directory }: Plan): Scaffolded {
  const made = make({ ...answers, preset: preset.name, output, acceptArchived: preset.caution !== undefined })
  const path = relative(base, join(folderOf({ preset, answers, output, base, directory }), answersFileName))
  const contents = answersText(made.answers, `npx create-daemonset --answers ${JSON.stringify(path)} --force`)
  return { ...made, files: [...made.files, { path: answersFileName, contents }] }
}

/** Opens what was made, and offers what is to be done next. */
async function show({ preset, ...plan }: Plan, files: Scaffolded['files'], next: string[]): Promise<void> {
  const folder = folderOf({ preset, ...plan })
  const first = files.find(({ path }) => /daemon-?set\.ya?ml$/.test(path)) ?? files[0]!
  await window.showTextDocument(Uri.file(join(folder, first.path)), { preview: false })
  const what = `${preset.title}: ${files.length} files in ${shownFolder({ preset, ...plan })}.`
  const choice = next.length > 0 ? 'What Next' : undefined
  window.showInformationMessage(what, ...(choice ? [choice] : [])).then(async (chosen) => {
    if (!chosen) return
    const steps = next
      .map((step) => (/^(kubectl|helm) /.test(step) ? `    ${step}` : `- ${step}`))
      .join('\n\n')
    const content = `# ${preset.title}\n\nIn \`${folder}\`:\n\n${steps}\n`
    await window.showTextDocument(await workspace.openTextDocument({ language: 'markdown', content }))
  })
}

function nameOf({ preset, answers }: Plan): string {
  return String(openQuestions(preset, answers).find(({ key }) => key === 'name')?.value ?? preset.name)
}

function folderOf(plan: Plan): string {
  const typed = (plan.directory ?? nameOf(plan)).replace(/^~(?=[\\/])/, homedir())
  return isAbsolute(typed) ? typed : resolve(plan.base, typed)
}

/** With the name of the workspace's folder, as the explorer shows it. */
function shownFolder(plan: Plan): string {
  const folder = folderOf(plan)
  const within = relative(dirname(plan.base), folder)
  return within.startsWith('..') || isAbsolute(within) ? folder : within || basename(folder)
}
