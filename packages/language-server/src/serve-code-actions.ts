import type { Edit } from '@daemonlint/core'
import {
  type ClientCapabilities,
  type CodeAction,
  type Connection,
  type Diagnostic,
  LSPErrorCodes,
  ResponseError,
  type ServerCapabilities,
  type SnippetTextEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node'
import type { OpenDocument } from './documents.ts'
import {
  codeActionKinds,
  codeActions,
  type FixAll,
  fixAllEdits,
  fixAllKind,
  type OfferedAction,
} from './features/code-actions.ts'
import { literal } from './features/insertion.ts'
import { lintVersion, type View } from './linting.ts'
import type { Session } from './session.ts'

export const codeActionCapabilities = {
  codeActionProvider: { codeActionKinds: [...codeActionKinds], resolveProvider: true },
} satisfies ServerCapabilities

/** What an action carries whose edits are worked out later. */
interface LazyData {
  uri: string
  version: number
  fixAll: FixAll
}

/** Answers requests for code actions. */
export function serveCodeActions(
  connection: Connection,
  session: () => Session,
  capabilities: () => ClientCapabilities,
): void {
  connection.onCodeAction(async ({ textDocument, range, context }) => {
    const view = await session().view(textDocument.uri)
    if (!view) return []
    const { positions } = view.document
    const client = abilitiesOf(capabilities())
    const offered = codeActions(
      view.snapshot,
      [positions.offsetAt(range.start), positions.offsetAt(range.end)],
      {
        only: context.only,
        reason: client.snippets ? '' : 'why?',
        onError: (error) => connection.console.error(error instanceof Error ? error.message : String(error)),
      },
    )
    return offered.flatMap((action) => toCodeAction(action, view, context.diagnostics, client))
  })
  connection.onCodeActionResolve(async (action) => {
    const data = action.data as LazyData | undefined
    // Some clients ask for what is whole already.
    if (!data?.fixAll) return action
    const { uri, version, fixAll } = data
    const view = await session().view(uri)
    if (view?.document.version !== version) {
      throw new ResponseError(LSPErrorCodes.ContentModified, 'The document has changed since.')
    }
    const edits = editsOfAll(view, fixAll)
    return { ...action, edit: toWorkspaceEdit(view.document, { edits }, abilitiesOf(capabilities())) }
  })
}

interface ClientAbilities {
  /** Asks for an action's edits when it is chosen. */
  resolves: boolean
  versions: boolean
  /** Puts the cursor where a snippet says. */
  snippets: boolean
}

function abilitiesOf({ textDocument, workspace }: ClientCapabilities): ClientAbilities {
  const { resolveSupport, dataSupport } = textDocument?.codeAction ?? {}
  const versions = workspace?.workspaceEdit?.documentChanges === true
  return {
    resolves: dataSupport === true && resolveSupport?.properties.includes('edit') === true,
    versions,
    snippets: versions && workspace?.workspaceEdit?.snippetEditSupport === true,
  }
}

function toCodeAction(
  { title, kind, isPreferred, problems, edits, fixAll, reason }: OfferedAction,
  view: View,
  known: readonly Diagnostic[],
  client: ClientAbilities,
): CodeAction[] {
  const { document } = view
  const action: CodeAction = { title, kind, ...(isPreferred && { isPreferred }) }
  const diagnostics = known.filter((one) => problems.some((problem) => speaksOf(one, problem, document)))
  if (diagnostics.length > 0) action.diagnostics = diagnostics
  // Who asks for this kind, as on saving, wants to have it; and there may be nothing to do after all.
  if (fixAll && client.resolves && kind !== fixAllKind) {
    const data: LazyData = { uri: document.uri, version: document.version, fixAll }
    return [{ ...action, data }]
  }
  const made = fixAll ? editsOfAll(view, fixAll) : (edits ?? [])
  if (made.length === 0) return []
  return [{ ...action, edit: toWorkspaceEdit(document, { edits: made, reason }, client) }]
}

function speaksOf(
  { code, message, range }: Diagnostic,
  problem: OfferedAction['problems'][number],
  { positions }: OpenDocument,
): boolean {
  const { start } = positions.rangeOf(problem.position)
  return (
    code === problem.ruleId &&
    message === problem.message &&
    range.start.line === start.line &&
    range.start.character === start.character
  )
}

function editsOfAll({ document, snapshot, folder }: View, fixAll: FixAll): Edit[] {
  const again = (text: string) =>
    lintVersion({ ...document, text }, folder, snapshot.config, snapshot.result.root).result
  return fixAllEdits(snapshot, fixAll, again)
}

function toWorkspaceEdit(
  { uri, version, positions }: OpenDocument,
  { edits, reason }: { edits: readonly Edit[]; reason?: OfferedAction['reason'] | undefined },
  client: ClientAbilities,
): WorkspaceEdit {
  const toTextEdit = ({ range, text }: Edit): TextEdit => ({
    range: positions.rangeBetween(...range),
    newText: text,
  })
  if (!client.versions) return { changes: { [uri]: edits.map(toTextEdit) } }
  const changes = edits.map((edit, index): TextEdit | SnippetTextEdit => {
    if (!client.snippets || reason?.edit !== index) return toTextEdit(edit)
    const [start, end] = reason.range
    const value = `${literal(edit.text.slice(0, start))}$0${literal(edit.text.slice(end))}`
    return { range: positions.rangeBetween(...edit.range), snippet: { kind: 'snippet', value } }
  })
  return { documentChanges: [{ textDocument: { uri, version }, edits: changes }] }
}
