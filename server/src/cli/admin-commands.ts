import { ROLES, type PersonId, type StaffRole, type UnixMs } from '@naervaer/shared'
import {
  CLI_ACTOR,
  toTable,
  toTime,
  UsageError,
  type RecordsCommand,
  type Outcome,
} from './command.ts'
import type { Tools } from './tools.ts'

const MAX_NAME_CHARS = 100

const create: RecordsCommand = {
  name: 'admin create',
  usage: '<name> [--roles it]',
  summary: 'make an account and print its one-time invitation link, valid for 15 minutes',
  wordCount: [1, 1],
  options: ['roles'],
  mayCreate: true,
  async run(tools, { words: [name = ''], options }) {
    const { staff } = tools
    const roles = parseRoles(options['roles'] ?? 'it')
    const trimmed = name.trim()
    if (trimmed === '' || trimmed.length > MAX_NAME_CHARS) {
      throw new UsageError(`the name must have 1 to ${MAX_NAME_CHARS} characters`)
    }
    const sameNameIds = await findByName(staff, trimmed)
    const id = await staff.add(trimmed, roles, CLI_ACTOR)
    const link = await makeLink(tools, id)
    return {
      lines: [
        `Account ${id} (${roles.join(', ')}).`,
        ...sameNameIds.map(
          (sameId) =>
            `Warning: account ${sameId} has the same name. If it is the same person, use admin invite ${sameId} and disable the new one.`,
        ),
        ...link.lines,
      ],
      json: { id, roles, sameNameIds, ...link.json },
    }
  },
}

const invite: RecordsCommand = {
  name: 'admin invite',
  usage: '<id>',
  summary: 'print a new one-time link for an account there is, such as after a lost key',
  wordCount: [1, 1],
  async run(tools, { words: [id = ''] }) {
    // Whatever it is: an id that is nobody's is refused.
    const link = await makeLink(tools, id as PersonId)
    return { lines: [`Account ${id}.`, ...link.lines], json: { id, ...link.json } }
  },
}

const list: RecordsCommand = {
  name: 'admin list',
  usage: '',
  summary: 'list the accounts of staff',
  wordCount: [0, 0],
  async run({ staff, audit }) {
    const accounts = await staff.list()
    await recordLookup(audit, 'staff.listed', accounts.length)
    const rows = accounts.map(({ id, name, roles, isDisabled }) => [
      id,
      roles.join(','),
      isDisabled ? 'disabled' : 'open',
      name,
    ])
    return { lines: toTable([['ID', 'ROLES', 'STATE', 'NAME'], ...rows]), json: accounts }
  },
}

const disable: RecordsCommand = {
  name: 'admin disable',
  usage: '<id>',
  summary: 'close an account of staff and end its sessions',
  wordCount: [1, 1],
  async run({ staff }, { words: [id = ''] }) {
    // Whatever it is: an id that is nobody's is refused.
    const endedSessions = await staff.disable(id as PersonId, CLI_ACTOR)
    return {
      lines: [`Account ${id} is disabled; ${endedSessions} sessions ended.`],
      json: { id, endedSessions },
    }
  },
}

const people: RecordsCommand = {
  name: 'people',
  usage: '',
  summary: 'list staff by name and citizens by pseudonym',
  wordCount: [0, 0],
  async run({ staff, audit, loadPseudonyms }) {
    const [accounts, citizens] = [await staff.list(), await loadPseudonyms()]
    await recordLookup(audit, 'people.listed', accounts.length + citizens.length)
    const rows = [
      ...accounts.map(({ id, name, roles }) => [id, roles.join(','), name]),
      ...citizens.map(({ id, code }) => [id, 'citizen', `Borger ${code}`]),
    ]
    return {
      lines: toTable([['ID', 'ROLES', 'NAME'], ...rows]),
      json: { staff: accounts, citizens },
    }
  },
}

export const ADMIN_COMMANDS: readonly RecordsCommand[] = [create, invite, list, disable, people]

/** A link for the account, with its line in the audit log: both or neither. */
async function makeLink(
  { invitations, audit, publicUrl, isPublicUrlDefault }: Tools,
  id: PersonId,
): Promise<Pick<Outcome, 'lines'> & { json: { url: string; expiresAt: UnixMs } }> {
  const event = { action: 'invitation.created', actor: CLI_ACTOR, subjectId: id } as const
  const { url, expiresAt } = await invitations.create(id, (within) => audit.record(event, within))
  const warning = `Warning: PUBLIC_URL is not set, so the link leads to ${publicUrl}, which is this machine only.`
  return {
    lines: [
      ...(isPublicUrlDefault ? [warning] : [`The link leads to PUBLIC_URL, ${publicUrl}.`]),
      `Open this once, before ${toTime(expiresAt)}:`,
      url,
    ],
    json: { url, expiresAt },
  }
}

/** Accounts of staff with the name, whichever letters are capitals. */
async function findByName(staff: Tools['staff'], name: string): Promise<PersonId[]> {
  const wanted = name.toLocaleLowerCase('da')
  const accounts = await staff.list()
  return accounts.filter((each) => each.name.toLocaleLowerCase('da') === wanted).map(({ id }) => id)
}

function parseRoles(text: string): StaffRole[] {
  const roles = text.split(',').map((role) => role.trim())
  const isStaffRole = (role: string): role is StaffRole =>
    role !== 'citizen' && (ROLES as readonly string[]).includes(role)
  const known = roles.filter(isStaffRole)
  if (known.length !== roles.length) {
    throw new UsageError(`--roles must be of ${ROLES.slice(1).join(', ')}, with commas between`)
  }
  return [...new Set(known)]
}

/** A list about everybody is about nobody in particular. */
export function recordLookup(
  audit: Tools['audit'],
  action: 'staff.listed' | 'people.listed' | 'sessions.listed' | 'devices.listed',
  count: number,
): Promise<void> {
  return audit.record({ action, actor: CLI_ACTOR, subjectId: null, details: { count } })
}
