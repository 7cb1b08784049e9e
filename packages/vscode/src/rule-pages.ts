import { readFile } from 'node:fs/promises'
import { commands, type ExtensionContext, languages, Uri, window, workspace } from 'vscode'
import { describe, type Pages, readable } from './pages.ts'

const scheme = 'daemonlint-rule'
let pages: Promise<Pages> | undefined

/**
 * Shows the page of a rule as it reads: of the one that is named, or of one to choose, those of the findings at the
 * cursor first.
 * @param id `image-tag`, `api-server/unknown-field`
 */
export async function showRule(context: ExtensionContext, id: string | undefined): Promise<void> {
  if (!pages) {
    pages = load(context)
    context.subscriptions.push(
      workspace.registerTextDocumentContentProvider(scheme, {
        provideTextDocumentContent: async ({ path }) => readable((await pages!)[idOf(path)] ?? ''),
      }),
    )
  }
  const known = await pages
  const chosen = id ?? (await choose(known))
  if (chosen === undefined) return
  if (!Object.hasOwn(known, chosen)) {
    window.showInformationMessage(`daemonlint: '${chosen}' is a plugin's rule, and has no page here.`)
    return
  }
  await commands.executeCommand('markdown.showPreview', Uri.from({ scheme, path: `/${chosen}.md` }))
}

function idOf(path: string): string {
  return path.slice(1, -'.md'.length)
}

/** Packed with the server. */
async function load({ extensionUri }: ExtensionContext): Promise<Pages> {
  const file = Uri.joinPath(extensionUri, 'dist', 'server', 'pages.json').fsPath
  return JSON.parse(await readFile(file, 'utf8'))
}

async function choose(known: Pages): Promise<string | undefined> {
  const here = idsAtCursor()
  const ids = [...here, ...Object.keys(known).filter((id) => !here.includes(id))]
  const chosen = await window.showQuickPick(
    ids.map((id) => ({
      label: id,
      ...(here.includes(id) && { description: 'at the cursor' }),
      detail: describe(known[id] ?? ''),
    })),
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
