import { parseHeadText } from '../audit/head-text.ts'
import type { Flaw } from '../audit/verify.ts'
import { CLI_ACTOR, EXIT_CODES, UsageError, type RecordsCommand } from './command.ts'

const FLAWS: Readonly<Record<Flaw, string>> = {
  missing: 'is missing',
  changed: 'is not as it was written',
  forged: 'was not written by this server',
  anchor: 'and all after it may be wrong: the note of where the log begins was changed',
  head: 'is not the last one that was written, or the note of the last one was changed',
}

const verify: RecordsCommand = {
  name: 'audit verify',
  usage: '[--head <number>:<hash>:<seal>]',
  summary: 'check the whole audit log, also against a head that was kept elsewhere',
  wordCount: [0, 0],
  options: ['head'],
  async run({ audit }, { options }) {
    const kept = parseHead(options['head'])
    const verdict = await audit.verify(kept)
    const details = { kind: verdict.isWhole ? 'whole' : verdict.flaw }
    await audit.record({ action: 'audit.verified', actor: CLI_ACTOR, subjectId: null, details })
    if (verdict.isWhole && verdict.isKeptGone === true) {
      const lines = [
        `The audit log is whole: ${verdict.count} lines.`,
        'The head is of a line that has been removed for its age: it could not be compared. Keep a newer one.',
      ]
      return { lines, json: verdict, exitCode: EXIT_CODES.failed }
    }
    if (verdict.isWhole) {
      return { lines: [`The audit log is whole: ${verdict.count} lines.`], json: verdict }
    }
    return {
      lines: [`Line ${verdict.badSeq} ${FLAWS[verdict.flaw]}.`],
      json: verdict,
      exitCode: EXIT_CODES.failed,
    }
  },
}

const head: RecordsCommand = {
  name: 'audit head',
  usage: '',
  summary: 'print the last line’s number, hash and seal, to be kept elsewhere',
  wordCount: [0, 0],
  async run({ audit }) {
    const event = { action: 'audit.headRead', actor: CLI_ACTOR, subjectId: null } as const
    await audit.record(event)
    const text = (await audit.loadHeadText()) ?? ''
    return { lines: [text], json: parseHeadText(text) }
  },
}

export const AUDIT_COMMANDS: readonly RecordsCommand[] = [verify, head]

function parseHead(text: string | undefined) {
  if (text === undefined) return undefined
  const head = parseHeadText(text)
  if (head === null) throw new UsageError('--head must be as audit head or the log prints it')
  return head
}
