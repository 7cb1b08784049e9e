/** A manifest, and what the API server makes of it. */
export interface ConformanceCase {
  /** `ports.yaml` */
  file: string
  /** Where in the file it begins. */
  line: number
  /** The rejection's or warning's id, without `api-server/`. */
  check: string
  /** A sentence of what the check demands. */
  about: string
  /** Accepted, rejected, or accepted with a warning. */
  kind: 'valid' | 'invalid' | 'warns'
  name: string
  /** The manifest. */
  text: string
  /** The same, in the encoding of the case. */
  bytes: Uint8Array
  /** Ids of other checks that find something. */
  also: string[]
  /** What the server names, as it prints it. */
  fields?: string[]
  /** The text that the first finding of the check covers. */
  marks?: string
  /** The only version it is about; else it speaks of the newest that is known, and of those to come. */
  kubernetesVersion?: string
  /** Decided by the server's handling of requests, not by decoding and validation: a cluster shows it. */
  handler?: true
  /** The server accepts it all the same. */
  server?: 'accept'
  /** Why we differ from the server. */
  why?: string
}

/** Where the cases are, with a separator at the end. */
export const folder: string

/** The names of the files, `ports.yaml`. */
export function caseFiles(): string[]

/** The DaemonSet that cases change. */
export function loadBase(): string

/**
 * The cases of one file.
 * @throws Error for a file that is not in the format, naming file, line, check and case
 */
export function loadFile(file: string): ConformanceCase[]

/** All cases, in the order of files and of what they hold. */
export function loadCases(): ConformanceCase[]

/**
 * The cases of the text of a file.
 * @param file its name, for errors
 * @param base the DaemonSet that cases change
 */
export function readCases(text: string, file: string, base: string): ConformanceCase[]
