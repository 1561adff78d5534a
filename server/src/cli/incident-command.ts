import type { PersonId, UnixMs } from '@naervaer/shared'
import { addDays, isDay, toInstant } from '@naervaer/shared/wall'
import { CLI_ACTOR, toTable, toTime, UsageError, type RecordsCommand } from './command.ts'

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?Z$/

const incident: RecordsCommand = {
  name: 'incident',
  usage: '--from <day or moment> --to <day or moment> [--actor <id>]',
  summary: 'list about whom something was read or changed in a span of time, from the audit log',
  wordCount: [0, 0],
  options: ['from', 'to', 'actor'],
  async run({ audit, isPerson, loadIncident, loadPseudonyms }, { options }) {
    const from = parseMoment('from', options['from'], 0)
    // The day is part of it.
    const to = parseMoment('to', options['to'], 1)
    if (to <= from) throw new UsageError('--to must be after --from')
    const { actor } = options
    const who = actor === undefined ? {} : { actorId: actor as PersonId }
    // Nobody is to conclude from a slip of the hand that nothing was touched.
    if (actor !== undefined && !(await isPerson(actor))) {
      throw new UsageError(
        '--actor: nobody has this id; naervaer people and naervaer admin list tell them',
      )
    }
    const { touched, knownFrom } = await loadIncident({ from, to, ...who })
    const codes = new Map((await loadPseudonyms()).map(({ id, code }) => [id, `Borger ${code}`]))
    const people = touched.map((each) => ({ ...each, pseudonym: nameOf(codes, each.subjectId) }))
    const event = { action: 'incident.listed', actor: CLI_ACTOR, subjectId: null } as const
    await audit.record({ ...event, details: { fromAt: from, toAt: to, count: people.length } })
    const rows = people.map(({ subjectId, pseudonym, reads, writes, firstAt, lastAt }) => [
      subjectId ?? '-',
      pseudonym ?? (subjectId === null ? 'nobody in particular' : 'staff, or deleted'),
      String(reads),
      String(writes),
      toTime(firstAt),
      toTime(lastAt),
    ])
    const head = ['ID', 'WHO', 'READS', 'WRITES', 'FIRST', 'LAST']
    const isCut = knownFrom === null || knownFrom > from
    const warning = `Before ${toTime(knownFrom)} the log says nothing: it begins there.`
    return {
      lines: [...toTable([head, ...rows]), ...(isCut ? [warning] : [])],
      json: { from, to, knownFrom, people },
    }
  },
}

export const INCIDENT_COMMANDS: readonly RecordsCommand[] = [incident]

function nameOf(codes: ReadonlyMap<PersonId, string>, id: PersonId | null): string | null {
  return id === null ? null : (codes.get(id) ?? null)
}

/** A day is one of Denmark, from its midnight; a moment is UTC. */
function parseMoment(name: string, text: string | undefined, addedDays: number): UnixMs {
  if (text !== undefined && isDay(text)) {
    return toInstant({ day: addDays(text, addedDays), minute: 0 })
  }
  const at = text !== undefined && INSTANT.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at)) {
    throw new UsageError(`--${name} must be such as 2026-11-02 or 2026-11-02T08:30Z`)
  }
  return at
}
