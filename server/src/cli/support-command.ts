import { CHECK_CODES, parseSupportCode, type StoredReport } from '@naervaer/shared'
import { CLI_ACTOR, toTable, toTime, UsageError, type RecordsCommand } from './command.ts'
import { ACTOR_WORDS, CODE_WORDS } from './support-words.ts'

const support: RecordsCommand = {
  name: 'support',
  usage: '<code>',
  summary:
    'open the technical report behind a support code: what is wrong, who acts, what to look at',
  wordCount: [1, 4],
  async run({ techReports }, { words }) {
    // As it was read out: "f7 k3" is one code.
    const code = parseSupportCode(words.join(''))
    if (code === null) throw new UsageError('a support code has four letters and digits')
    const stored = await techReports.open(code, CLI_ACTOR)
    return { lines: describeReport(stored), json: stored }
  },
}

export const SUPPORT_COMMANDS: readonly RecordsCommand[] = [support]

function describeReport(stored: StoredReport): string[] {
  const { code, createdAt, expiresAt, findings, isBuildCurrent, report } = stored
  const rows = [
    ...listLeaves(report),
    ['page is the newest', isBuildCurrent === null ? '-' : String(isBuildCurrent)],
  ]
  return [
    `Report ${code}, made ${toTime(createdAt)}, kept until ${toTime(expiresAt)}.`,
    ...(findings.length === 0 ? ['No fault was found in what was tried.'] : []),
    ...findings.flatMap((finding) => [
      '',
      `${finding}: ${CODE_WORDS[finding].cause}`,
      `  Who acts: ${ACTOR_WORDS[CHECK_CODES[finding].actor]}.`,
      `  Look at:  ${CODE_WORDS[finding].look}`,
      `  Say:      see docs/codes/${finding}.md.`,
    ]),
    '',
    ...toTable(rows),
  ]
}

/** Every field by its path, such as `relay.udp.ms`. */
function listLeaves(value: object, path = ''): string[][] {
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    const at = path === '' ? name : `${path}.${name}`
    if (Array.isArray(inner)) return [[at, inner.length === 0 ? '-' : inner.join(', ')]]
    if (typeof inner === 'object' && inner !== null) return listLeaves(inner, at)
    // What is left are names, numbers, yes and no.
    return [[at, inner === null ? '-' : JSON.stringify(inner).replaceAll('"', '')]]
  })
}
