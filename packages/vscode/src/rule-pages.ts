import { readdir, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { commands, type ExtensionContext, languages, Uri, window } from 'vscode'
import { describe } from './pages.ts'

/**
 * Shows the page of a rule as it reads: of the one that is named, or of one to choose, those of the findings at the
 * cursor first.
 * @param id `image-tag`, `api-server/unknown-field`
 */
export async function showRule({ extensionUri }: ExtensionContext, id: string | undefined): Promise<void> {
  // Packed with the server.
  const folder = Uri.joinPath(extensionUri, 'dist', 'server', 'pages')
  const files = await pageFiles(folder.fsPath)
  const chosen = id ?? (await choose(folder.fsPath, files))
  if (chosen === undefined) return
  if (!files.includes(chosen)) {
    window.showInformationMessage(`daemonlint: '${chosen}' is a plugin's rule, and has no page here.`)
    return
  }
  await commands.executeCommand('markdown.showPreview', Uri.joinPath(folder, `${chosen}.md`))
}

/** The ids of the rules that have a page. */
async function pageFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true })
  return names
    .map((name) => name.split(sep).join('/'))
    .flatMap((name) => (name.endsWith('.md') ? [name.slice(0, -'.md'.length)] : []))
    .sort()
}

async function choose(folder: string, known: readonly string[]): Promise<string | undefined> {
  const here = idsAtCursor()
  const ids = [...here, ...known.filter((id) => !here.includes(id))]
  const detail = async (id: string) =>
    known.includes(id) ? describe(await readFile(join(folder, `${id}.md`), 'utf8')) : ''
  const chosen = await window.showQuickPick(
    Promise.all(
      ids.map(async (id) => ({
        label: id,
        ...(here.includes(id) && { description: 'at the cursor' }),
        detail: await detail(id),
      })),
    ),
    { placeHolder: 'Which rule? (type to search)', matchOnDetail: true },
  )
  return chosen?.label
}

/** The rules of the findings in the lines that are selected. */
function idsAtCursor(): string[] {
  const editor = window.activeTextEditor
  if (!editor) return []
  const { start, end } = editor.selection
  const ids = languages
    .getDiagnostics(editor.document.uri)
    .filter(
      ({ source, range }) =>
        source === 'daemonlint' && range.start.line <= end.line && range.end.line >= start.line,
    )
    .map(({ code }) => String(typeof code === 'object' ? code.value : code))
  return [...new Set(ids)]
}
