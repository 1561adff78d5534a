import type { AuditActor } from '@naervaer/shared'
import type { Tools } from './tools.ts'

/** What scripts may rely on. */
export const EXIT_CODES = {
  ok: 0,
  /** It was understood and could not be done, or what was checked is not as it should be. */
  failed: 1,
  /** It was not understood; nothing has been done. */
  usage: 2,
} as const

/** What a command found or did, for people and for scripts. */
export interface Outcome {
  readonly lines: readonly string[]
  /** What `--json` prints instead. */
  readonly json: unknown
  readonly exitCode?: number
}

/** The words and options after a command's name. */
export interface Arguments {
  readonly words: readonly string[]
  readonly options: Readonly<Record<string, string | undefined>>
  /** The options without a value that were given. */
  readonly flags: ReadonlySet<string>
}

interface Described {
  /** Such as `admin create`. */
  readonly name: string
  /** Such as `<name> [--roles it,leader]`. */
  readonly usage: string
  readonly summary: string
  /** How many words follow the name: exactly so many, or from the first number to the second. */
  readonly wordCount: readonly [least: number, most: number]
  /** The options that take a value. */
  readonly options?: readonly string[]
  /** The options that take no value. */
  readonly flags?: readonly string[]
}

/** A command that works with the rooms' services on the records. */
export interface RecordsCommand extends Described {
  /** Whether it may begin records where there are none. */
  readonly mayCreate?: boolean
  run(tools: Tools, given: Arguments): Promise<Outcome>
}

/** A command that opens what it needs itself: records may be missing, closed or broken. */
export interface BareCommand extends Described {
  runBare(given: Arguments): Promise<Outcome>
}

export type Command = RecordsCommand | BareCommand

/** The command was not understood: said in one line, with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** As whom the audit log names the command line: whoever may use it has the whole machine. */
export const CLI_ACTOR: AuditActor = { kind: 'cli' }

/** Columns as wide as their widest cell. */
export function toTable(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** UTC, to the second. */
export function toTime(at: number | null): string {
  return at === null ? '-' : `${new Date(at).toISOString().slice(0, 19)}Z`
}
