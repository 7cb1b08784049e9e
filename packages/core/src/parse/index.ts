export { type ParseOptions, parse } from './parse.ts'
export { type ScannedDocument, scanDocuments } from './scan.ts'
