/** What every kind of question has. `T` is what an answer to it is. */
interface QuestionOf<T> {
  /** As it is asked: `Where do the logs go?` */
  message: string
  /** What the answer decides, in a few words: for the help of its flag and for the pages. */
  help: string
  /** Seldom wanted: a flag, but asked only by presets that ask for everything. */
  seldom?: boolean
  /** What holds where nobody answers; it may depend on the answers before it. */
  default: T | ((answers: Answers) => T)
  /** Asked, and of account, only where this holds; without it, always. */
  when?: (answers: Answers) => boolean
  /** What is wrong with a value, as a sentence that says what is expected; undefined where nothing is. */
  check?(value: T, answers: Answers): string | undefined
}

export interface TextQuestion extends QuestionOf<string> {
  kind: 'text'
  /** What stands for the value in the help: `URL`. */
  value?: string
  /** It may be empty, which `none` says where an empty line means the default. */
  optional?: boolean
}

export interface NumberQuestion extends QuestionOf<number> {
  kind: 'number'
  min: number
  max: number
  /** What is counted: `seconds`. */
  unit?: string
}

export interface ConfirmQuestion extends QuestionOf<boolean> {
  kind: 'confirm'
}

export interface Choice<T extends string = string> {
  value: T
  label?: string
  hint?: string
}

export interface SelectQuestion<T extends string = string> extends QuestionOf<T> {
  kind: 'select'
  choices: readonly Choice<T>[]
}

/** Several texts. */
export interface ListQuestion extends QuestionOf<string[]> {
  kind: 'list'
  value?: string
  /**
   * What stands between them in a flag: a comma, which is the default; or nothing, where they may hold commas. Then the
   * flag is given once for each, and in a terminal spaces stand between them.
   */
  separator?: 'comma' | 'none'
}

export type Question = TextQuestion | NumberQuestion | ConfirmQuestion | SelectQuestion | ListQuestion

/** Questions by the key of their answer, in the order in which they are asked. */
export type Questions = Record<string, Question>

/** Answers by the key of their question. */
export type Answers = Record<string, unknown>

/** The answers to questions, each of the type that its question asks for. */
export type AnswersTo<Q extends Questions> = {
  -readonly [Key in keyof Q]: Q[Key] extends TextQuestion
    ? string
    : Q[Key] extends NumberQuestion
      ? number
      : Q[Key] extends ConfirmQuestion
        ? boolean
        : Q[Key] extends SelectQuestion<infer Value>
          ? Value
          : string[]
}

type Without<Q> = Omit<Q, 'kind'>

/** A line of text. */
export function text(question: Without<TextQuestion>): TextQuestion {
  return { kind: 'text', ...question }
}

/** A whole number between two bounds. */
export function number(question: Without<NumberQuestion>): NumberQuestion {
  return { kind: 'number', ...question }
}

/** Yes or no; as a flag, `--x` and `--no-x`. */
export function confirm(question: Without<ConfirmQuestion>): ConfirmQuestion {
  return { kind: 'confirm', ...question }
}

/** One of several values. */
export function select<const T extends string>(question: Without<SelectQuestion<T>>): SelectQuestion<T> {
  return { kind: 'select', ...question }
}

/** Several texts. */
export function list(question: Without<ListQuestion>): ListQuestion {
  return { kind: 'list', ...question }
}
