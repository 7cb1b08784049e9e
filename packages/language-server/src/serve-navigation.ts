import {
  type ClientCapabilities,
  type Connection,
  type DocumentSymbol,
  type Location,
  type LocationLink,
  type ServerCapabilities,
  type SymbolInformation,
  SymbolKind,
} from 'vscode-languageserver/node'
import type { OpenDocument } from './documents.ts'
import { createPositions, type Encoding } from './encoding.ts'
import { type Definition, definitions, type Place } from './features/definition.ts'
import { documentLinks } from './features/document-links.ts'
import { references } from './features/references.ts'
import { lookupFor } from './features/resource-lookup.ts'
import { documentSymbols, type DocumentSymbol as FoundSymbol, type SymbolType } from './features/symbols.ts'
import type { View } from './linting.ts'
import type { Session } from './session.ts'
import { uriOf } from './uris.ts'

export const navigationCapabilities = {
  documentSymbolProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentLinkProvider: {},
} satisfies ServerCapabilities

export interface NavigationClient {
  capabilities: ClientCapabilities
  encoding: Encoding
}

/** Answers requests for symbols, and for what belongs together. */
export function serveNavigation(
  connection: Connection,
  session: () => Session,
  client: () => NavigationClient,
): void {
  connection.onDocumentSymbol(async ({ textDocument: { uri } }) => {
    const view = await session().view(uri)
    if (!view) return []
    const symbols = documentSymbols(view.snapshot)
    const isNested = client().capabilities.textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport
    return isNested
      ? symbols.map((symbol) => toSymbol(symbol, view.document))
      : flat(symbols, view.document, undefined)
  })
  connection.onDefinition(async ({ textDocument: { uri }, position }) => {
    const view = await session().view(uri)
    if (!view) return []
    const found = definitions(view.snapshot, view.document.positions.offsetAt(position), lookupIn(view))
    const { capabilities, encoding } = client()
    if (!capabilities.textDocument?.definition?.linkSupport) {
      return found.map((place) => toLocation(place, view, encoding))
    }
    return found.map((place) => toLink(place, view, encoding))
  })
  connection.onReferences(async ({ textDocument: { uri }, position, context }) => {
    const view = await session().view(uri)
    if (!view) return []
    const offset = view.document.positions.offsetAt(position)
    const found = references(view.snapshot, offset, lookupIn(view), context.includeDeclaration)
    return found.map((place) => toLocation(place, view, client().encoding))
  })
  connection.onDocumentLinks(async ({ textDocument: { uri } }) => {
    const view = await session().view(uri)
    if (!view) return []
    return documentLinks(view.snapshot).map(({ position, url }) => ({
      range: view.document.positions.rangeOf(position),
      target: url,
    }))
  })
}

const lookupIn = ({ snapshot, folder }: View) => lookupFor(snapshot, folder.workspace.live.project)

const kinds: Record<SymbolType, SymbolKind> = {
  resource: SymbolKind.Class,
  podTemplate: SymbolKind.Struct,
  container: SymbolKind.Module,
  initContainer: SymbolKind.Module,
  volume: SymbolKind.File,
  dataKey: SymbolKind.Key,
  port: SymbolKind.Interface,
}

function toSymbol(symbol: FoundSymbol, document: OpenDocument): DocumentSymbol {
  const { type, name, detail, range, selection, children } = symbol
  const { positions } = document
  return {
    name,
    ...(detail && { detail }),
    kind: kinds[type],
    range: positions.rangeBetween(...range),
    selectionRange: positions.rangeBetween(...selection),
    children: children.map((child) => toSymbol(child, document)),
  }
}

/** For clients that know no tree. */
function flat(
  symbols: readonly FoundSymbol[],
  document: OpenDocument,
  above: string | undefined,
): SymbolInformation[] {
  const { uri, positions } = document
  return symbols.flatMap(({ type, name, range, children }) => [
    {
      name,
      kind: kinds[type],
      location: { uri, range: positions.rangeBetween(...range) },
      ...(above !== undefined && { containerName: above }),
    },
    ...flat(children, document, name),
  ])
}

const targetOf = ({ filePath, text }: Place, { document }: View, encoding: Encoding) =>
  filePath === undefined || filePath === document.filePath
    ? { uri: document.uri, positions: document.positions }
    : { uri: uriOf(filePath), positions: createPositions(text, encoding) }

function toLocation(place: Place, view: View, encoding: Encoding): Location {
  const { uri, positions } = targetOf(place, view, encoding)
  return { uri, range: positions.rangeOf(place.selection) }
}

function toLink(place: Definition, view: View, encoding: Encoding): LocationLink {
  const { uri, positions } = targetOf(place, view, encoding)
  return {
    originSelectionRange: view.document.positions.rangeOf(place.origin),
    targetUri: uri,
    targetRange: positions.rangeOf(place.range),
    targetSelectionRange: positions.rangeOf(place.selection),
  }
}
