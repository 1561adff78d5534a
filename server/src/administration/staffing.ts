import {
  NaervaerError,
  ROLES,
  type AuditAction,
  type InvitationLinkReply,
  type ItPeopleReply,
  type PersonId,
  type Pseudonym,
  type StaffMember,
  type StaffRole,
  type TeamId,
} from '@naervaer/shared'
import { giveRoles } from '../accounts/give-roles.ts'
import type { Accounts } from '../accounts/service.ts'
import type { Session } from '../accounts/session.ts'
import type { Audit } from '../audit/audit.ts'
import type { Database } from '../database/open.ts'
import type { Invitations } from '../sign-in/invitations.ts'
import { newId } from '../new-id.ts'
import type { Clock } from '../plugins/clock.ts'
import { forgetSignIn } from '../sign-in/forget.ts'
import { makePeriodsRepository } from './periods-repository.ts'
import { makePseudonyms } from './pseudonyms.ts'
import { makeStaffRepository } from './staff-repository.ts'
import { makeTeamsRepository } from './teams-repository.ts'

export interface StaffingOptions {
  readonly database: Database
  readonly clock: Clock
  readonly audit: Audit
  readonly accounts: Accounts
  readonly invitations: Pick<Invitations, 'create'>
  /** For the pseudonyms of citizens. */
  readonly pseudonymKey: Buffer
}

/** What IT does with accounts of staff. Of citizens it sees pseudonyms. */
export class Staffing {
  readonly #options: StaffingOptions

  constructor(options: StaffingOptions) {
    this.#options = options
  }

  /** All of them, for IT; that they were looked at is a line of the audit log. */
  async loadPeople(youId: PersonId): Promise<ItPeopleReply> {
    const { database, audit } = this.#options
    const repository = makeStaffRepository(database)
    const [staff, citizens] = [await repository.loadStaff(), await this.#loadPseudonyms()]
    await audit.record({
      action: 'people.listed',
      actor: byIt(youId),
      subjectId: null,
      details: { count: staff.length + citizens.length },
    })
    return {
      staff: staff.map((each) => ({ ...each, isYou: each.person.id === youId })),
      citizens,
      teams: await makeTeamsRepository(database).loadWithStaff(),
    }
  }

  /** Under which name IT knows each citizen. */
  async loadPseudonyms(): Promise<ReadonlyMap<PersonId, string>> {
    return new Map((await this.#loadPseudonyms()).map(({ id, code }) => [id, code]))
  }

  async #loadPseudonyms(): Promise<Pseudonym[]> {
    const { database, pseudonymKey } = this.#options
    return makePseudonyms(await makeStaffRepository(database).loadCitizenIds(), pseudonymKey)
  }

  async add(itId: PersonId, name: string, roles: readonly StaffRole[]): Promise<PersonId> {
    const id = newId<PersonId>()
    const { database, clock } = this.#options
    await database.transaction().execute(async (transaction) => {
      const person = { id, name, is_demo: 0 as const, created_at: clock.now(), disabled_at: null }
      await transaction.insertInto('people').values(person).execute()
      await giveRoles(transaction, id, roles)
      await this.#record(itId, 'staff.created', id, transaction)
    })
    return id
  }

  /**
   * Gives somebody exactly these roles. Their sessions end: a right is never taken from under one.
   * Whoever takes a role from themselves keeps the session that asks, with a new token.
   *
   * @throws NaervaerError PERSON_NOT_FOUND, ROLES_MIXED for citizens, ACCOUNT_OWN where IT would lose
   *   its own role or give itself another, ASSIGNMENTS_LEFT where a worker who has citizens would be
   *   none
   */
  async setRoles(own: Session, personId: PersonId, roles: readonly StaffRole[]): Promise<void> {
    const { database, accounts } = this.#options
    const itId = own.person.id
    if (await makeStaffRepository(database).isCitizen(personId)) {
      throw new NaervaerError('ROLES_MIXED')
    }
    const member = await this.#require(personId)
    const ordered = ROLES.filter((role): role is StaffRole => roles.some((each) => each === role))
    const isMore = ordered.some((role) => !member.roles.includes(role))
    if (personId === itId && (isMore || !ordered.includes('it'))) {
      throw new NaervaerError('ACCOUNT_OWN')
    }
    const isLosing = member.roles.includes('worker') && !ordered.includes('worker')
    if (isLosing) await this.#requireNoCitizens(personId)
    if (ordered.join() === member.roles.join()) return
    await database.transaction().execute(async (transaction) => {
      await giveRoles(transaction, personId, ordered)
      await this.#record(itId, 'staff.rolesChanged', personId, transaction)
    })
    if (personId === itId) await accounts.renewSession(personId, own.id, byIt(itId))
    else await accounts.endSessionsOf(personId, undefined, byIt(itId))
  }

  /**
   * Closes an account, which ends its sessions and sockets at once, or opens it again.
   *
   * @throws NaervaerError PERSON_NOT_FOUND, ACCOUNT_OWN
   */
  async setDisabled(itId: PersonId, personId: PersonId, isDisabled: boolean): Promise<void> {
    const { database, accounts, clock } = this.#options
    await this.#require(personId)
    if (personId === itId) throw new NaervaerError('ACCOUNT_OWN')
    await database.transaction().execute(async (transaction) => {
      const repository = makeStaffRepository(transaction)
      await repository.setDisabledAt(personId, isDisabled ? clock.now() : null)
      const action = isDisabled ? 'staff.disabled' : 'staff.enabled'
      await this.#record(itId, action, personId, transaction)
    })
    if (isDisabled) await accounts.endSessionsOf(personId, undefined, byIt(itId))
  }

  /**
   * Takes away everything that an account can do, and its name. The row stays for the records of
   * calls, which have to belong to somebody.
   *
   * @throws NaervaerError PERSON_NOT_FOUND, ACCOUNT_OWN, ASSIGNMENTS_LEFT until its citizens have
   *   been given to others
   */
  async remove(itId: PersonId, personId: PersonId): Promise<void> {
    const { database, accounts, clock } = this.#options
    await this.#require(personId)
    if (personId === itId) throw new NaervaerError('ACCOUNT_OWN')
    await this.#requireNoCitizens(personId)
    await accounts.endSessionsOf(personId, undefined, byIt(itId))
    await database.transaction().execute(async (transaction) => {
      await makeStaffRepository(transaction).empty(personId, clock.now())
      await forgetSignIn(transaction, personId)
      await this.#record(itId, 'staff.deleted', personId, transaction)
    })
  }

  /** @throws NaervaerError TEAM_NAME_TAKEN */
  async addTeam(itId: PersonId, name: string): Promise<TeamId> {
    const { database, clock, audit } = this.#options
    const id = newId<TeamId>()
    const teams = await makeTeamsRepository(database).loadWithStaff()
    if (teams.some((team) => team.name === name)) throw new NaervaerError('TEAM_NAME_TAKEN')
    await database.transaction().execute(async (transaction) => {
      await makeTeamsRepository(transaction).add(id, name, clock.now())
      const event = { action: 'team.created', actor: byIt(itId), subjectId: null } as const
      await audit.record({ ...event, details: { teamId: id } }, transaction)
    })
    return id
  }

  /**
   * Puts a member of staff in a team or takes them out of it. Their assignments stay as they are.
   *
   * @throws NaervaerError TEAM_NOT_FOUND, PERSON_NOT_FOUND
   */
  async setMember(
    itId: PersonId,
    teamId: TeamId,
    personId: PersonId,
    isMember: boolean,
  ): Promise<void> {
    const { database } = this.#options
    if (!(await makeTeamsRepository(database).has(teamId))) {
      throw new NaervaerError('TEAM_NOT_FOUND')
    }
    await this.#require(personId)
    await database.transaction().execute(async (transaction) => {
      const teams = makeTeamsRepository(transaction)
      if (isMember) await teams.addMember(teamId, personId)
      else await teams.removeMember(teamId, personId)
      const action = isMember ? 'team.joined' : 'team.left'
      await this.#record(itId, action, personId, transaction, { teamId })
    })
  }

  /**
   * A link by which somebody enrols their way of signing in. It is told this once.
   *
   * @throws NaervaerError PERSON_NOT_FOUND, also for closed accounts
   */
  async invite(itId: PersonId, personId: PersonId): Promise<InvitationLinkReply> {
    await this.#require(personId)
    return this.#options.invitations.create(personId, (transaction) =>
      this.#record(itId, 'invitation.created', personId, transaction),
    )
  }

  /** For what IT does with everybody, citizens included. @throws NaervaerError PERSON_NOT_FOUND */
  async requireAnybody(personId: PersonId): Promise<void> {
    const people = await this.#options.accounts.loadPeople([personId])
    if (!people.has(personId)) throw new NaervaerError('PERSON_NOT_FOUND')
  }

  /**
   * Signs somebody out everywhere, but not whoever asks from where they ask.
   *
   * @throws NaervaerError PERSON_NOT_FOUND
   */
  async endSessions(own: Session, personId: PersonId): Promise<void> {
    await this.requireAnybody(personId)
    const kept = own.person.id === personId ? own.id : undefined
    await this.#options.accounts.endSessionsOf(personId, kept, byIt(own.person.id))
  }

  async #require(personId: PersonId): Promise<Omit<StaffMember, 'isYou'>> {
    const staff = await makeStaffRepository(this.#options.database).loadStaff(personId)
    const [member] = staff
    if (member === undefined) throw new NaervaerError('PERSON_NOT_FOUND')
    return member
  }

  async #requireNoCitizens(personId: PersonId): Promise<void> {
    const { database, clock } = this.#options
    const repository = makePeriodsRepository(database)
    const left = await repository.loadLeft('worker_id', personId, clock.now())
    if (left.length > 0) throw new NaervaerError('ASSIGNMENTS_LEFT')
  }

  #record(
    itId: PersonId,
    action: AuditAction,
    subjectId: PersonId,
    transaction: Database,
    details: Record<string, string> = {},
  ): Promise<void> {
    const event = { action, actor: byIt(itId), subjectId, details }
    return this.#options.audit.record(event, transaction)
  }
}

const byIt = (id: PersonId) => ({ kind: 'person', id, role: 'it' }) as const
