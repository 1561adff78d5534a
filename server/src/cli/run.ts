import { parseArgs } from 'node:util'
import { NaervaerError, type ErrorCode } from '@naervaer/shared'
import { BackupError } from '../backup/backup-error.ts'
import { readConfig } from '../config.ts'
import { StartError } from '../start-error.ts'
import { ADMIN_COMMANDS } from './admin-commands.ts'
import { APP_COMMANDS } from './app-commands.ts'
import { ART30_COMMANDS } from './art30-command.ts'
import { AUDIT_COMMANDS } from './audit-commands.ts'
import { BACKUP_COMMANDS } from './backup-commands.ts'
import { DOCTOR_COMMANDS } from './doctor-command.ts'
import { EXIT_CODES, UsageError, type Arguments, type Command, type Outcome } from './command.ts'
import { INCIDENT_COMMANDS } from './incident-command.ts'
import { INIT_COMMANDS } from './init/init-command.ts'
import { KEYS_COMMANDS } from './keys-commands.ts'
import { MAINTENANCE_COMMANDS } from './maintenance-command.ts'
import { MIGRATE_COMMANDS } from './migrate-command.ts'
import { RATES_COMMANDS } from './rates-commands.ts'
import { RETENTION_COMMANDS } from './retention-command.ts'
import { SESSION_COMMANDS } from './session-commands.ts'
import { SUPPORT_COMMANDS } from './support-command.ts'
import { openTools } from './tools.ts'

export const COMMANDS: readonly Command[] = [
  ...ADMIN_COMMANDS,
  ...SESSION_COMMANDS,
  ...AUDIT_COMMANDS,
  ...RETENTION_COMMANDS,
  ...INCIDENT_COMMANDS,
  ...ART30_COMMANDS,
  ...APP_COMMANDS,
  ...MAINTENANCE_COMMANDS,
  ...SUPPORT_COMMANDS,
  ...RATES_COMMANDS,
  ...INIT_COMMANDS,
  ...KEYS_COMMANDS,
  ...BACKUP_COMMANDS,
  ...MIGRATE_COMMANDS,
  ...DOCTOR_COMMANDS,
]

/** What the codes mean that commands are refused with. */
const REFUSALS: Readonly<Partial<Record<ErrorCode, string>>> = {
  PERSON_NOT_FOUND: 'There is no open account of staff with this id; naervaer admin list has them.',
  REPORT_NOT_FOUND: 'There is no such code, or it is older than 24 hours.',
  DEVICE_NOT_FOUND: 'There is no connected device with this id; naervaer devices list has them.',
}

export interface Streams {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

/**
 * Does what the words say and prints what came of it.
 *
 * @returns the exit code: one of `EXIT_CODES`
 */
export async function run(words: readonly string[], { out, err }: Streams): Promise<number> {
  try {
    const command = findCommand(words)
    const isHelp = words.some((word) => word === '--help' || word === '-h')
    if (command === null) {
      const group = findGroup(words)
      if (!isHelp) throw new UsageError(describeMissing(words, group))
      out(`${listCommands(group.length > 0 ? group : COMMANDS).join('\n')}\n`)
      return EXIT_CODES.ok
    }
    if (isHelp) {
      out(`${describeCommand(command).join('\n')}\n`)
      return EXIT_CODES.ok
    }
    const { given, isJson } = parse(command, words)
    const { lines, json, exitCode = EXIT_CODES.ok } = await perform(command, given)
    out(isJson ? `${JSON.stringify(json)}\n` : lines.map((line) => `${line}\n`).join(''))
    return exitCode
  } catch (error) {
    err(`naervaer: ${describe(error)}\n`)
    return error instanceof UsageError ? EXIT_CODES.usage : EXIT_CODES.failed
  }
}

async function perform(command: Command, given: Arguments): Promise<Outcome> {
  if ('runBare' in command) return command.runBare(given)
  const tools = await openTools(readConfig(), command.mayCreate ?? false)
  try {
    return await command.run(tools, given)
  } finally {
    await tools.close()
  }
}

function findCommand(words: readonly string[]): Command | null {
  const isFirst = (name: string) => name.split(' ').every((word, index) => words[index] === word)
  return COMMANDS.find(({ name }) => isFirst(name)) ?? null
}

/** The commands that begin with the first word, such as those of `admin`. */
function findGroup([first]: readonly string[]): readonly Command[] {
  return COMMANDS.filter(({ name }) => name.split(' ').length > 1 && name.split(' ')[0] === first)
}

function describeMissing(words: readonly string[], group: readonly Command[]): string {
  if (group.length === 0) return 'there is no such command; naervaer --help lists them'
  const names = group.map(({ name }) => name.split(' ')[1]).join(', ')
  return `after ${words[0]} comes one of ${names}; naervaer ${words[0]} --help says more`
}

function parse(command: Command, words: readonly string[]) {
  const flagNames = command.flags ?? []
  const options: Record<string, { type: 'string' | 'boolean' }> = { json: { type: 'boolean' } }
  for (const name of command.options ?? []) options[name] = { type: 'string' }
  for (const name of flagNames) options[name] = { type: 'boolean' }
  const { values, positionals } = tryParse(words.slice(command.name.split(' ').length), options)
  const [least, most] = command.wordCount
  if (positionals.length < least || positionals.length > most) {
    throw new UsageError(`usage: naervaer ${command.name} ${command.usage}`.trimEnd())
  }
  const given = {
    words: positionals,
    options: Object.fromEntries(
      Object.entries(values).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    ),
    flags: new Set(flagNames.filter((name) => values[name] === true)),
  }
  return { given, isJson: values['json'] === true }
}

function tryParse(args: string[], options: Record<string, { type: 'string' | 'boolean' }>) {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'not understood')
  }
}

function describeCommand({ name, usage, summary }: Command): string[] {
  return [
    `naervaer ${name} ${usage}`.trimEnd(),
    `  ${summary}`,
    '',
    'Options of every command:',
    '  --json  print JSON',
    '  --help  print this',
    '',
    'Exit codes: 0 done, 1 could not be done or is not as it should be, 2 not understood.',
  ]
}

function listCommands(commands: readonly Command[]): string[] {
  return [
    'naervaer: works on the records in DATA_DIR, also while the server runs.',
    '',
    ...commands.flatMap(({ name, usage, summary }) => [
      `  ${name} ${usage}`.trimEnd(),
      `      ${summary}`,
    ]),
    '',
    'Every command takes --json and --help. What changes something in the records leaves a line in the audit log.',
  ]
}

/** In one line, with nothing of what was given. */
function describe(error: unknown): string {
  if (error instanceof UsageError || error instanceof StartError) return error.message
  if (error instanceof BackupError) return error.message
  if (error instanceof NaervaerError) {
    return `refused: ${error.code}. ${REFUSALS[error.code] ?? ''}`.trimEnd()
  }
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'it failed.'
}
