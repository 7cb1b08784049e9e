/** What one id of the API server's layer means. */
export interface RejectionMeta {
  /** One line, what the API server does: "Refuses a field that no version has". */
  description: string
  /** Texts with `{{placeholders}}`; those of suggestions too. */
  messages: Record<string, string>
  /** Set when some of its findings have an automatic fix. */
  fixable?: 'code'
  hasSuggestions?: boolean
  /** Set for what the server takes: with a Warning header, or though it is a mistake of the text. A warning here too. */
  accepted?: true
}

/** Ids and what they mean. */
export type RejectionTable = Record<string, RejectionMeta>
