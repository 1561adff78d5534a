import type { UnixMs } from '@naervaer/shared'
import { addDays, toInstant, wallTimeAt } from '@naervaer/shared/wall'
import { getEnd, LONGEST_MS, MaintenanceSwitch, OVERTIME_MS } from '../maintenance/switch.ts'
import { CLI_ACTOR, UsageError, type Outcome, type RecordsCommand } from './command.ts'
import type { Tools } from './tools.ts'

const USAGE = 'on [--until HH:MM]|off|status'
const HOURS = OVERTIME_MS / 3_600_000

const maintenance: RecordsCommand = {
  name: 'maintenance',
  usage: USAGE,
  summary:
    'tell everybody that the system is being worked on: nobody can be rung meanwhile, and talks go on',
  wordCount: [1, 1],
  options: ['until'],
  async run(tools, { words: [word], options: { until } }) {
    const isKnown = word === 'on' || word === 'off' || word === 'status'
    if (!isKnown || (until !== undefined && word !== 'on')) {
      throw new UsageError(`usage: naervaer maintenance ${USAGE}`)
    }
    if (word === 'status') return describe(tools)
    const now = tools.now()
    await new MaintenanceSwitch(tools.dataDir).set(
      word === 'off'
        ? null
        : { since: now, until: until === undefined ? null : readTime(until, now) },
    )
    const event = { action: 'maintenance.set', actor: CLI_ACTOR, subjectId: null } as const
    await tools.audit.record({ ...event, details: { kind: word } })
    return describe(tools)
  },
}

export const MAINTENANCE_COMMANDS: readonly RecordsCommand[] = [maintenance]

function describe({ dataDir, now }: Tools): Outcome {
  const at = now()
  const announced = new MaintenanceSwitch(dataDir).read(at)
  if (announced === null) {
    return {
      lines: ['No maintenance is announced: people can be rung.'],
      json: { isOn: false, until: null, endsAt: null },
    }
  }
  const { until } = announced
  const endsAt = getEnd(announced)
  return {
    lines: [
      `Maintenance is announced, since ${toDanishTime(announced.since)}: nobody can be rung, and talks go on.`,
      ...(until === null ? [] : [`People read that it lasts until ${toDanishTime(until)}.`]),
      `It ends with naervaer maintenance off, or by itself at ${toDanishTime(endsAt)} (${HOURS} hours later).`,
    ],
    json: { isOn: true, until, endsAt },
  }
}

/** As it is said to people, and as `--until` takes it. */
function toDanishTime(at: UnixMs): string {
  const { day, minute } = wallTimeAt(at)
  const [hours, minutes] = [Math.floor(minute / 60), minute % 60].map((part) =>
    String(part).padStart(2, '0'),
  )
  return `${hours}:${minutes} on ${day}, Danish time`
}

/** The next such time of day in Denmark. */
function readTime(text: string, now: UnixMs): UnixMs {
  const [, hours, minutes] = /^([01]?[0-9]|2[0-3])[:.]([0-5][0-9])$/.exec(text) ?? []
  if (hours === undefined) throw new UsageError('--until: a time of day in Denmark, such as 20:00')
  const minute = Number(hours) * 60 + Number(minutes)
  const { day } = wallTimeAt(now)
  const today = toInstant({ day, minute })
  const next = today > now ? today : toInstant({ day: addDays(day, 1), minute })
  if (next - now > LONGEST_MS) {
    throw new UsageError(`--until: at most ${LONGEST_MS / 3_600_000} hours ahead`)
  }
  return next
}
