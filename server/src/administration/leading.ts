import {
  NaervaerError,
  type Assignment,
  type AssignmentId,
  type NewAssignment,
  type PersonId,
  type Team,
  type TeamId,
  type UnixMs,
} from '@naervaer/shared'
import { giveRoles } from '../accounts/give-roles.ts'
import type { Audit } from '../audit/audit.ts'
import type { Choices } from '../choice/service.ts'
import type { Database } from '../database/open.ts'
import { newId } from '../new-id.ts'
import type { Clock } from '../plugins/clock.ts'
import type { Phones } from '../phones/service.ts'
import type { Protections } from '../protection/service.ts'
import type { Travels } from '../travel/service.ts'
import type { PeriodWatch } from './period-watch.ts'
import { makePeriodsRepository } from './periods-repository.ts'
import { makeTeamsRepository } from './teams-repository.ts'

export interface LeadingOptions {
  readonly database: Database
  readonly clock: Clock
  readonly audit: Audit
  readonly periods: Pick<PeriodWatch, 'changed'>
  readonly choice: Pick<Choices, 'loadViews'>
  readonly protection: Pick<Protections, 'filterProtected'>
  readonly phones: Pick<Phones, 'load'>
  readonly travel: Pick<Travels, 'load'>
}

/** What leaders do in their own teams: citizens are taken in, and workers assigned for a period. */
export class Leading {
  readonly #options: LeadingOptions

  constructor(options: LeadingOptions) {
    this.#options = options
  }

  /**
   * The leader's teams, and where their citizens stand with video. Reading about citizens is a
   * look-up, which they are told of.
   */
  async loadTeams(leaderId: PersonId): Promise<Team[]> {
    const { database, clock, choice, protection, phones, travel: travels } = this.#options
    const repository = makeTeamsRepository(database)
    const periods = makePeriodsRepository(database)
    const teams: Team[] = []
    for (const { id, name } of await repository.loadTeamsOf(leaderId)) {
      const citizens = await repository.loadMembers(id, 'citizen')
      await this.recordLookups(leaderId, id, citizens)
      const ids = citizens.map((citizen) => citizen.id)
      const views = await choice.loadViews(ids)
      const found = await protection.filterProtected(ids)
      const numbers = await phones.load(ids)
      const ways = await travels.load(ids)
      teams.push({
        id,
        name,
        citizens: citizens.flatMap((citizen) => {
          const view = views.get(citizen.id)
          if (view === undefined) return []
          const isAddressProtected = found.has(citizen.id)
          const phone = numbers.get(citizen.id) ?? null
          const travel = ways.get(citizen.id) ?? null
          return [{ ...citizen, choice: view, isAddressProtected, phone, travel }]
        }),
        workers: await repository.loadMembers(id, 'worker'),
        assignments: await periods.loadOfTeam(id, clock.now()),
      })
    }
    return teams
  }

  /** @throws NaervaerError TEAM_NOT_FOUND, also for teams of others */
  async addCitizen(leaderId: PersonId, teamId: TeamId, name: string): Promise<PersonId> {
    const { database, clock, audit } = this.#options
    if (!(await makeTeamsRepository(database).isMember(teamId, leaderId))) {
      throw new NaervaerError('TEAM_NOT_FOUND')
    }
    const id = newId<PersonId>()
    await database.transaction().execute(async (transaction) => {
      const person = { id, name, is_demo: 0 as const, created_at: clock.now(), disabled_at: null }
      await transaction.insertInto('people').values(person).execute()
      await giveRoles(transaction, id, ['citizen'])
      await makeTeamsRepository(transaction).addMember(teamId, id)
      const event = { action: 'citizen.created', actor: byLeader(leaderId), subjectId: id } as const
      await audit.record({ ...event, details: { teamId } }, transaction)
    })
    return id
  }

  /**
   * Makes a worker a citizen's, for a period. A new primary worker takes over from the former one
   * at the moment when the new period begins.
   *
   * @throws NaervaerError PERSON_NOT_FOUND for whoever is in none of the leader's teams,
   *   ASSIGNMENT_PERIOD_INVALID, ASSIGNMENT_OVERLAPS
   */
  async assign(leaderId: PersonId, wish: NewAssignment): Promise<AssignmentId> {
    const { database, clock, periods } = this.#options
    await this.#requireOwn(leaderId, wish)
    const now = clock.now()
    const assignment: Assignment = {
      ...wish,
      id: newId<AssignmentId>(),
      fromAt: Math.max(wish.fromAt ?? now, now),
    }
    const changed = await database.transaction().execute(async (transaction) => {
      const left = await makePeriodsRepository(transaction).loadLeft(
        'citizen_id',
        wish.citizenId,
        now,
      )
      const former = planTakeOver(assignment, left, now)
      for (const each of former) await this.#end(leaderId, each, assignment.fromAt, transaction)
      await makePeriodsRepository(transaction).add(assignment)
      await this.#record(leaderId, 'assignment.started', assignment, transaction)
      return [assignment, ...former]
    })
    await periods.changed(changed)
    return assignment.id
  }

  /**
   * Moves the end of an assignment; `now` or earlier ends it at once.
   *
   * @throws NaervaerError ASSIGNMENT_NOT_FOUND, also for those of other teams and those that are
   *   over, ASSIGNMENT_PERIOD_INVALID, ASSIGNMENT_OVERLAPS
   */
  async endAt(leaderId: PersonId, id: AssignmentId, toAt: UnixMs | null): Promise<void> {
    const { database, clock, periods } = this.#options
    const changed = await database.transaction().execute(async (transaction) => {
      const now = clock.now()
      const assignment = await this.#findLasting(leaderId, id, now, transaction)
      const wishedAt = toAt ?? now
      if (wishedAt > endOf(assignment)) {
        const repository = makePeriodsRepository(transaction)
        const left = await repository.loadLeft('citizen_id', assignment.citizenId, now)
        const others = left.filter((each) => each.id !== id)
        const rivals = planTakeOver({ ...assignment, toAt: wishedAt }, others, now)
        if (rivals.length > 0) throw new NaervaerError('ASSIGNMENT_OVERLAPS')
      }
      await this.#end(leaderId, assignment, wishedAt, transaction)
      return assignment
    })
    await periods.changed([changed])
  }

  /**
   * A leader sees to the devices of citizens in their own teams.
   *
   * @throws NaervaerError PERSON_NOT_FOUND for whoever is not a citizen in this team of theirs
   */
  async requireCitizen(leaderId: PersonId, teamId: TeamId, citizenId: PersonId): Promise<void> {
    const teams = makeTeamsRepository(this.#options.database)
    const isOwn =
      (await teams.isMember(teamId, leaderId)) &&
      (await teams.isMember(teamId, citizenId)) &&
      (await teams.isInTeamOf(leaderId, citizenId, 'citizen'))
    if (!isOwn) throw new NaervaerError('PERSON_NOT_FOUND')
  }

  /** @throws NaervaerError PERSON_NOT_FOUND for whoever is not a worker in this team of theirs */
  async requireWorker(leaderId: PersonId, teamId: TeamId, workerId: PersonId): Promise<void> {
    const teams = makeTeamsRepository(this.#options.database)
    const isOwn =
      (await teams.isMember(teamId, leaderId)) &&
      (await teams.isMember(teamId, workerId)) &&
      (await teams.isInTeamOf(leaderId, workerId, 'worker'))
    if (!isOwn) throw new NaervaerError('PERSON_NOT_FOUND')
  }

  /** The citizens of a team. */
  async loadCitizenIds(teamId: TeamId): Promise<ReadonlySet<PersonId>> {
    const teams = makeTeamsRepository(this.#options.database)
    return new Set((await teams.loadMembers(teamId, 'citizen')).map(({ id }) => id))
  }

  /** @throws NaervaerError ASSIGNMENT_NOT_FOUND for those of other teams and those that are over */
  async #findLasting(
    leaderId: PersonId,
    id: AssignmentId,
    now: UnixMs,
    transaction: Database,
  ): Promise<Assignment> {
    const assignment = await makePeriodsRepository(transaction).find(id)
    if (assignment === null || endOf(assignment) <= now) {
      throw new NaervaerError('ASSIGNMENT_NOT_FOUND')
    }
    const teams = makeTeamsRepository(transaction)
    const isOwn = await teams.isInTeamOf(leaderId, assignment.citizenId, 'citizen')
    if (!isOwn) throw new NaervaerError('ASSIGNMENT_NOT_FOUND')
    return assignment
  }

  async #end(
    leaderId: PersonId,
    assignment: Assignment,
    wishedAt: UnixMs,
    transaction: Database,
  ): Promise<void> {
    const now = this.#options.clock.now()
    const repository = makePeriodsRepository(transaction)
    const toAt = Math.max(wishedAt, now)
    if (toAt <= assignment.fromAt) await repository.remove(assignment.id)
    else await repository.setEnd(assignment.id, toAt)
    if (toAt <= now) await repository.noteEndRecorded(assignment.id)
    const action = toAt > now ? 'assignment.changed' : 'assignment.ended'
    await this.#record(leaderId, action, { ...assignment, toAt }, transaction)
  }

  async #requireOwn(leaderId: PersonId, { workerId, citizenId }: NewAssignment): Promise<void> {
    const teams = makeTeamsRepository(this.#options.database)
    const isOwn =
      (await teams.isInTeamOf(leaderId, workerId, 'worker')) &&
      (await teams.isInTeamOf(leaderId, citizenId, 'citizen'))
    if (!isOwn) throw new NaervaerError('PERSON_NOT_FOUND')
  }

  #record(
    leaderId: PersonId,
    action: 'assignment.started' | 'assignment.changed' | 'assignment.ended',
    { id, citizenId, kind, fromAt, toAt }: Assignment,
    transaction: Database,
  ): Promise<void> {
    const end = toAt === null ? {} : { toAt }
    const details = { assignmentId: id, kind, fromAt, ...end }
    const event = { action, actor: byLeader(leaderId), subjectId: citizenId, details }
    return this.#options.audit.record(event, transaction)
  }

  /** That a leader has read about these citizens of a team, which each of them is told. */
  async recordLookups(
    leaderId: PersonId,
    teamId: TeamId,
    citizens: readonly { readonly id: PersonId }[],
  ): Promise<void> {
    const { database, audit } = this.#options
    await database.transaction().execute(async (transaction) => {
      for (const { id } of citizens) {
        const event = { action: 'team.read', actor: byLeader(leaderId), subjectId: id } as const
        await audit.record({ ...event, details: { teamId } }, transaction)
      }
    })
  }
}

const byLeader = (id: PersonId) => ({ kind: 'person', id, role: 'leader' }) as const

/**
 * What must give way to a new assignment: the primary one that lasts when a new primary begins.
 *
 * @throws NaervaerError where the period cannot be, or the same two are together in it already
 */
export function planTakeOver(
  wish: Assignment,
  left: readonly Assignment[],
  now: UnixMs,
): readonly Assignment[] {
  const { fromAt, toAt, kind, workerId } = wish
  const isBackwards = toAt !== null && (toAt <= fromAt || toAt <= now)
  if (isBackwards || (kind === 'substitute' && toAt === null)) {
    throw new NaervaerError('ASSIGNMENT_PERIOD_INVALID')
  }
  const meeting = left.filter((each) => doMeet(each, wish))
  const rivals = meeting.filter((each) => each.kind === 'primary' && kind === 'primary')
  const isTwice = meeting.some((each) => each.workerId === workerId)
  if (isTwice || rivals.some((each) => each.fromAt > fromAt)) {
    throw new NaervaerError('ASSIGNMENT_OVERLAPS')
  }
  return rivals
}

const endOf = ({ toAt }: Assignment): UnixMs => toAt ?? Number.POSITIVE_INFINITY

function doMeet(one: Assignment, other: Assignment): boolean {
  return one.fromAt < endOf(other) && other.fromAt < endOf(one)
}
