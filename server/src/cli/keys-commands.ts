import { CLI_ACTOR, type Command, type RecordsCommand } from './command.ts'
import { rotateTurn } from './keys/turn-command.ts'

const rotateSession: RecordsCommand = {
  name: 'keys rotate session',
  usage: '',
  summary:
    'end every session that a cookie alone opens, which is staff’s, and every open link of invitation',
  wordCount: [0, 0],
  async run({ accounts, invitations, audit }) {
    const links = await invitations.closeAll()
    const ended = await accounts.endSessionsWithoutKey(CLI_ACTOR)
    const details = { kind: 'session', count: ended }
    await audit.record({ action: 'keys.rotated', actor: CLI_ACTOR, subjectId: null, details })
    return {
      lines: [
        `${ended} sessions ended, ${links} open links closed. Staff sign in again; their calls wait two minutes for them.`,
        'Paired devices go on: their cookie is worth nothing without the key that the device keeps.',
      ],
      json: { ended, links },
    }
  },
}

const rotateVapid: RecordsCommand = {
  name: 'keys rotate vapid',
  usage: '',
  summary:
    'draw a new key for notices to closed apps; each app makes itself reachable again when it is open',
  wordCount: [0, 0],
  async run({ serverKeys }) {
    const lost = await serverKeys.rotate(CLI_ACTOR)
    return {
      lines: [
        'There is a new key for notices; the running server takes it within seconds.',
        `${lost} devices get no notice until their app has been open; workers see so. Apps that are connected see to it now.`,
      ],
      json: { lost },
    }
  },
}

export const KEYS_COMMANDS: readonly Command[] = [rotateSession, rotateVapid, rotateTurn]
