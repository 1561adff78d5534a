import type { DeviceId, PersonId } from '@naervaer/shared'
import { recordLookup } from './admin-commands.ts'
import {
  CLI_ACTOR,
  EXIT_CODES,
  toTable,
  toTime,
  UsageError,
  type RecordsCommand,
} from './command.ts'

const listSessions: RecordsCommand = {
  name: 'sessions list',
  usage: '[--person <id>]',
  summary: 'list who is signed in, by ids',
  wordCount: [0, 0],
  options: ['person'],
  async run({ accounts, audit }, { options }) {
    const { person } = options
    const all = await accounts.listAllSessions()
    const sessions = person === undefined ? all : all.filter(({ personId }) => personId === person)
    await recordLookup(audit, 'sessions.listed', sessions.length)
    const rows = sessions.map(({ id, personId, method, deviceKind, usedAt }) => [
      id,
      personId,
      method,
      deviceKind,
      toTime(usedAt),
    ])
    const head = ['ID', 'PERSON', 'METHOD', 'DEVICE', 'LAST USED']
    return { lines: toTable([head, ...rows]), json: sessions }
  },
}

const revokeSessions: RecordsCommand = {
  name: 'sessions revoke',
  usage: '<id> | --person <id>',
  summary: 'end one session, or all of a person; their sockets close within seconds',
  wordCount: [0, 1],
  options: ['person'],
  async run({ accounts, staff }, { words: [id], options }) {
    const { person } = options
    if ((id === undefined) === (person === undefined)) {
      throw new UsageError('give the id of a session, or --person with the id of a person')
    }
    const ended =
      id === undefined
        ? // Whatever it is: nobody's sessions are none.
          await accounts.endSessionsOf(person as PersonId, undefined, CLI_ACTOR)
        : await accounts.endSession(id, CLI_ACTOR)
    const isNone = ended === 0
    const none = async () =>
      person === undefined
        ? 'There is no such session.'
        : (await staff.isThere(person))
          ? 'This person is signed in nowhere.'
          : 'There is no such person; naervaer people lists the ids.'
    return {
      lines: [isNone ? await none() : `${ended} sessions ended.`],
      json: { ended },
      exitCode: isNone ? EXIT_CODES.failed : EXIT_CODES.ok,
    }
  },
}

const listDevices: RecordsCommand = {
  name: 'devices list',
  usage: '',
  summary: 'list the paired devices of citizens, by ids',
  wordCount: [0, 0],
  async run({ devices, audit }) {
    const all = await devices.list()
    await recordLookup(audit, 'devices.listed', all.length)
    const rows = all.map(({ id, personId, kind, pairedAt, seenAt }) => [
      id,
      personId,
      kind,
      toTime(pairedAt),
      toTime(seenAt),
    ])
    const head = ['ID', 'PERSON', 'KIND', 'PAIRED', 'LAST SEEN']
    return { lines: toTable([head, ...rows]), json: all }
  },
}

const revokeDevice: RecordsCommand = {
  name: 'devices revoke',
  usage: '<id>',
  summary: 'disconnect a device for good; its call ends and its sockets close within seconds',
  wordCount: [1, 1],
  async run({ devices }, { words: [id = ''] }) {
    // Whatever it is: an id that is no device's is refused.
    await devices.revoke(id as DeviceId, CLI_ACTOR)
    return { lines: [`Device ${id} is disconnected.`], json: { id } }
  },
}

export const SESSION_COMMANDS: readonly RecordsCommand[] = [
  listSessions,
  revokeSessions,
  listDevices,
  revokeDevice,
]
