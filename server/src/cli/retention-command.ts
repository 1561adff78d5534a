import { RETENTION_CLASSES } from '../retention/classes.ts'
import { CLI_ACTOR, toTable, type RecordsCommand } from './command.ts'

const retentionRun: RecordsCommand = {
  name: 'retention run',
  usage: '[--dry-run]',
  summary:
    'remove what is older than it is kept for, or only count it; the server does so every day',
  wordCount: [0, 0],
  flags: ['dry-run'],
  async run({ believeClock, retention, audit }, { flags }) {
    const isDry = flags.has('dry-run')
    const counts = isDry ? await retention.count() : await retention.run(CLI_ACTOR)
    // Whoever removes by hand has looked at the clock: the server doubts it no more from its next start on.
    if (!isDry) await believeClock()
    const kind = isDry ? 'counted' : 'removed'
    const event = { action: 'retention.run', actor: CLI_ACTOR, subjectId: null } as const
    await audit.record({ ...event, details: { kind } })
    const rows = RETENTION_CLASSES.map((name) => [name, String(counts[name])])
    return { lines: toTable([['CLASS', isDry ? 'WOULD GO' : 'REMOVED'], ...rows]), json: counts }
  },
}

export const RETENTION_COMMANDS: readonly RecordsCommand[] = [retentionRun]
