import { KillSwitch } from '../app-shell/kill-switch.ts'
import { CLI_ACTOR, UsageError, type RecordsCommand } from './command.ts'

const SAYS = {
  on: 'The kill switch is on: apps drop what they keep, and load from the network.',
  off: 'The kill switch is off: apps keep their files again from their next start.',
} as const

const killSwitch: RecordsCommand = {
  name: 'kill-switch',
  usage: 'on|off',
  summary: 'make every app drop its service worker and files, and load from the network',
  wordCount: [1, 1],
  async run({ audit, dataDir }, { words: [word] }) {
    if (word !== 'on' && word !== 'off') throw new UsageError('usage: naervaer kill-switch on|off')
    await new KillSwitch(dataDir).set(word === 'on')
    const event = { action: 'killSwitch.set', actor: CLI_ACTOR, subjectId: null } as const
    await audit.record({ ...event, details: { kind: word } })
    return { lines: [SAYS[word]], json: { isOn: word === 'on' } }
  },
}

export const APP_COMMANDS: readonly RecordsCommand[] = [killSwitch]
