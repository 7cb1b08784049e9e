/** Hover and completion, in the protocol's words. */
import {
  type ClientCapabilities,
  type CompletionItem,
  CompletionItemTag,
  type Connection,
  InsertTextFormat,
  InsertTextMode,
  CompletionItemKind as Kind,
  type MarkupContent,
  type ServerCapabilities,
} from 'vscode-languageserver/node'
import {
  type Completion,
  type CompletionData,
  type CompletionKind,
  complete,
  completionDocumentation,
} from './features/completion.ts'
import { hover } from './features/hover.ts'
import type { View } from './linting.ts'
import type { Session } from './session.ts'

/** What `initialize` says of it. */
export const knowledgeCapabilities = {
  hoverProvider: true,
  completionProvider: {
    resolveProvider: true,
    // After `key: `, `- `, and in what encloses values; a new line is asked for by the editor's own means.
    triggerCharacters: [':', ' ', '-', '"', "'", '/', ','],
  },
} as const satisfies ServerCapabilities

/** Answers for hover and completion. */
export function serveKnowledge(
  connection: Connection,
  session: () => Session,
  capabilities: () => ClientCapabilities,
): void {
  connection.onHover(async ({ textDocument, position }, token) => {
    const view = await session().view(textDocument.uri)
    if (!view || view.isDeclined || token.isCancellationRequested) return null
    const { positions } = view.document
    const fields = view.folder.settings.hover.enable
    const found = hover(view.snapshot, positions.offsetAt(position), {
      fields,
      project: projectOf(view),
    })
    if (!found) return null
    const formats = capabilities().textDocument?.hover?.contentFormat
    return {
      contents: markup(found.markdown, formats),
      range: positions.rangeBetween(found.start, found.end),
    }
  })

  connection.onCompletion(async ({ textDocument, position, context }, token) => {
    const view = await session().view(textDocument.uri)
    if (!view || view.isDeclined || token.isCancellationRequested) return null
    const { completion } = capabilities().textDocument ?? {}
    const offset = view.document.positions.offsetAt(position)
    if (!isWorthAsking(view.document.text, offset, context?.triggerCharacter)) return null
    const item = completion?.completionItem
    const snippets = item?.snippetSupport === true
    // Whatever inserts snippets indents their lines, in every editor; of plain text the client says so.
    const adjustsIndentation = snippets || completion?.insertTextMode === InsertTextMode.adjustIndentation
    const fields = view.folder.settings.completion.enable
    const options = { snippets, adjustsIndentation, fields, project: projectOf(view) }
    const found = complete(view.snapshot, offset, options)
    return found.map((one) => toItem(one, view, item, adjustsIndentation))
  })

  connection.onCompletionResolve(async (item) => {
    const data = item.data as (CompletionData & { uri: string }) | undefined
    const view = data && (await session().view(data.uri))
    const text = view && completionDocumentation(data, view.snapshot)
    if (!text) return item
    const formats = capabilities().textDocument?.completion?.completionItem?.documentationFormat
    return { ...item, documentation: markup(text, formats) }
  })
}

/** The other files of the workspace. */
const projectOf = ({ folder }: View) => folder.workspace.live.project

/** Within text, the characters that ask for completion are mostly there for themselves. */
function isWorthAsking(text: string, offset: number, trigger: string | undefined): boolean {
  if (trigger === undefined) return true
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset)
  switch (trigger) {
    case ' ':
      return (
        /^\s*(?:- +)*(?:["']?[\w./-]+["']?: +)?$/.test(before) ||
        /[[{,:]\s*$|# ?daemonlint-\S+ .*$/.test(before)
      )
    case '-':
      return /#\s*daemonlint-[\w-]*$|daemonlint-.* -{1,2}$/.test(before)
    default:
      return true
  }
}

function toItem(
  completion: Completion,
  { document: { uri, positions } }: View,
  supports: NonNullable<NonNullable<ClientCapabilities['textDocument']>['completion']>['completionItem'],
  adjustsIndentation: boolean,
): CompletionItem {
  const { label, kind, detail, documentation, start, end, insertText, snippet, deprecated, data } = completion
  return {
    label,
    kind: kinds[kind],
    ...(detail && { detail }),
    ...(documentation && { documentation: markup(documentation, supports?.documentationFormat) }),
    sortText: completion.sortText,
    ...(completion.filterText !== undefined && { filterText: completion.filterText }),
    insertTextFormat: snippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    ...(supports?.insertTextModeSupport && {
      insertTextMode: adjustsIndentation ? InsertTextMode.adjustIndentation : InsertTextMode.asIs,
    }),
    textEdit: { range: positions.rangeBetween(start, end), newText: insertText },
    ...(deprecated && supports?.tagSupport && { tags: [CompletionItemTag.Deprecated] }),
    ...(data && { data: { ...data, uri } }),
  }
}

const kinds: Readonly<Record<CompletionKind, Kind>> = {
  field: Kind.Property,
  value: Kind.Value,
  enum: Kind.EnumMember,
  rule: Kind.Event,
  snippet: Kind.Snippet,
  keyword: Kind.Keyword,
}

/** In the client's format: one that does not say takes Markdown, as most do. */
function markup(markdown: string, formats: readonly string[] | undefined): MarkupContent {
  if (!formats || formats.includes('markdown')) return { kind: 'markdown', value: markdown }
  return { kind: 'plaintext', value: plainOf(markdown) }
}

/** Markdown of ours without its marks. */
const plainOf = (markdown: string): string =>
  markdown
    .replace(/\[([^\]]+)\]\(([^)]*)\)/g, '$1 ($2)')
    .replace(/\*\*([^*]+)\*\*/g, '$1')
    .replace(/\\([<*\\])/g, '$1')
    .replace(/`/g, '')
