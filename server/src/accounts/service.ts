import type {
  AuditActor,
  DeviceId,
  Person,
  PersonId,
  Role,
  SessionMethod,
  UnixMs,
} from '@naervaer/shared'
import { NaervaerError } from '@naervaer/shared'
import type { Audit } from '../audit/audit.ts'
import type { Database } from '../database/open.ts'
import type { Clock } from '../plugins/clock.ts'
import { makeAssignments, type Assignments } from './assignments-repository.ts'
import { toDeviceKind } from './device-kind.ts'
import { makeAccountsRepository, type AccountsRepository } from './repository.ts'
import { CITIZEN_LIFE_MS, FORMER_TOKEN_MS, getSessionLife, USE_STEP_MS } from './session-life.ts'
import {
  makeSessionsRepository,
  type EndedSession,
  type ListedSession,
  type SessionsRepository,
} from './sessions-repository.ts'
import type { Session } from './session.ts'
import { hashToken, makeToken, TOKEN_PATTERN } from './tokens.ts'

export interface AccountsOptions {
  readonly clock: Clock
  readonly database: Database
  readonly audit: Audit
}

/** How somebody showed who they are, and with what. */
export interface SignInOptions {
  readonly method: SessionMethod
  /** The header; only the kind of device is kept of it. */
  readonly userAgent?: string | undefined
  /** Whether it is an emergency account's, which leaves a line of its own in the audit log. */
  readonly isEmergency?: boolean
}

/** What the browser keeps. */
export interface Tokens {
  readonly session: string
  readonly browser: string
}

/** How many sessions' last uses are remembered. */
const MAX_NOTED = 10_000

const SYSTEM: AuditActor = { kind: 'system' }

/** Who somebody is, and on which device. Owns the list of those who want to hear of ended sessions. */
export class Accounts {
  readonly assignments: Assignments
  readonly #clock: Clock
  readonly #database: Database
  readonly #audit: Audit
  readonly #repository: AccountsRepository
  readonly #sessions: SessionsRepository
  readonly #endListeners: ((sessionId: string) => void)[] = []
  readonly #signOutListeners: ((deviceId: DeviceId) => void)[] = []
  /** When the use of a session was written down last. */
  readonly #noted = new Map<string, UnixMs>()

  constructor({ clock, database, audit }: AccountsOptions) {
    this.#clock = clock
    this.#database = database
    this.#audit = audit
    this.#repository = makeAccountsRepository(database)
    this.#sessions = makeSessionsRepository(database)
    this.assignments = makeAssignments(database)
  }

  /** Whether there is, or was, somebody with this id. */
  isPerson(id: string): Promise<boolean> {
    return this.#repository.isPerson(id)
  }

  /** The roles of somebody whose account is open; none of anybody else's. */
  loadOpenRoles(personId: PersonId): Promise<Role[]> {
    return this.#repository.loadOpenRoles(personId)
  }

  /** @returns null for no token, an unknown one, and one whose session has expired or lain idle */
  async findSession(token: string | undefined): Promise<Session | null> {
    if (token === undefined || !TOKEN_PATTERN.test(token)) return null
    return this.#repository.findSession(hashToken(token), this.#clock.now())
  }

  /** Whether the session still counts: deleting its row, by whatever means, ends everything. */
  async isSessionAlive(sessionId: string): Promise<boolean> {
    return (await this.filterAlive([sessionId])).has(sessionId)
  }

  /** The same of many at once. */
  filterAlive(sessionIds: readonly string[]): Promise<Set<string>> {
    return this.#sessions.filterAlive(sessionIds, this.#clock.now())
  }

  /** Which of these sessions may still have a socket: those that count, of citizens and workers. */
  filterWithSide(sessionIds: readonly string[]): Promise<Set<string>> {
    return this.#sessions.filterWithSide(sessionIds, this.#clock.now())
  }

  /**
   * Signs a person in on the device they have in this browser, and ends whatever session the browser
   * had: a token from before the sign-in is worth nothing after it (criterion S-04).
   *
   * @param browserToken - the browser's own cookie; a new one is made where it has none
   * @returns the tokens to be kept by the browser
   * @throws NaervaerError PERSON_NOT_FOUND for a closed account and one without any role
   */
  async signIn(
    personId: PersonId,
    browserToken: string | undefined,
    { method, userAgent, isEmergency = false }: SignInOptions,
  ): Promise<Tokens> {
    const isKnown = browserToken !== undefined && TOKEN_PATTERN.test(browserToken)
    const tokens = { session: makeToken(), browser: isKnown ? browserToken : makeToken() }
    const ended = await this.#database.transaction().execute(async (transaction) => {
      const now = this.#clock.now()
      const [people, sessions] = [
        makeAccountsRepository(transaction),
        makeSessionsRepository(transaction),
      ]
      const browserHash = hashToken(tokens.browser)
      await sessions.removeDead(now)
      const former = await sessions.endOfBrowser(browserHash)
      const roles = await people.loadOpenRoles(personId)
      const [role] = roles
      if (role === undefined) throw new NaervaerError('PERSON_NOT_FOUND')
      const { expiresAt, idleLimitMs } = getSessionLife(roles, method, now)
      const sessionId = await sessions.add({
        tokenHash: hashToken(tokens.session),
        personId,
        deviceId: await people.findOrAddDevice(personId, browserHash, now),
        deviceKind: toDeviceKind(userAgent),
        method,
        createdAt: now,
        expiresAt,
        idleLimitMs,
      })
      const actor = { kind: 'person', id: personId, role } as const
      const event = { actor, subjectId: personId, details: { method, sessionId } }
      if (isEmergency)
        await this.#audit.record({ ...event, action: 'breakGlass.used' }, transaction)
      await this.#audit.record({ ...event, action: 'session.started' }, transaction)
      return former
    })
    this.#tellEnded(ended)
    // Whoever had the browser before has left it, unless it is the same person again.
    this.#tellSignedOut(ended.filter((former) => former.personId !== personId))
    return tokens
  }

  /** Where a person is signed in, the newest use first. */
  listSessions(personId: PersonId): Promise<ListedSession[]> {
    return this.#sessions.listOf(personId, this.#clock.now())
  }

  /** Everybody's, for the administrator. */
  listAllSessions(): Promise<ListedSession[]> {
    return this.#sessions.listAll(this.#clock.now())
  }

  /**
   * Ends one session: its sockets close at once.
   *
   * @param by - who does it, for the audit log
   * @returns how many there were: 0 or 1
   */
  endSession(sessionId: string, by: AuditActor = SYSTEM): Promise<number> {
    return this.#end((sessions) => sessions.end(sessionId), by)
  }

  /** Ends all sessions of a person, or all but one. @returns how many there were */
  endSessionsOf(personId: PersonId, exceptId?: string, by: AuditActor = SYSTEM): Promise<number> {
    return this.#end((sessions) => sessions.endOf(personId, exceptId ?? null), by)
  }

  /** Ends all sessions of a device. @returns how many there were */
  endSessionsOfDevice(deviceId: DeviceId, by: AuditActor = SYSTEM): Promise<number> {
    return this.#end((sessions) => sessions.endOfDevice(deviceId), by)
  }

  /** Ends everybody's sessions, save those of paired devices, which prove themselves. @returns how many there were */
  endSessionsWithoutKey(by: AuditActor): Promise<number> {
    return this.#end((sessions) => sessions.endWithoutKey(), by)
  }

  /**
   * After a person has changed their own rights: their other sessions end, the sockets of this one
   * close, and its token is replaced at its next request (criterion S-04).
   */
  async renewSession(personId: PersonId, sessionId: string, by: AuditActor): Promise<void> {
    await this.endSessionsOf(personId, sessionId, by)
    await this.rotateSessionsOf(personId)
    this.noticeEnd(sessionId)
  }

  /** After a person's rights have changed: their tokens are replaced at their next requests. */
  rotateSessionsOf(personId: PersonId): Promise<void> {
    return this.#sessions.demandRotation(personId)
  }

  /**
   * Gives a session another token; the former one is taken for half a minute more.
   *
   * @returns the new token, or null where another request has just done it
   */
  async rotate(token: string, sessionId: string): Promise<string | null> {
    const fresh = makeToken()
    const until = this.#clock.now() + FORMER_TOKEN_MS
    const isMine = await this.#sessions.replaceToken(
      sessionId,
      hashToken(token),
      hashToken(fresh),
      until,
    )
    return isMine ? fresh : null
  }

  /**
   * Notes that a session is in use, which keeps it from running out; at most once a minute.
   *
   * @returns whether it was written down now
   */
  async noteUse({ id, isRolling }: Pick<Session, 'id' | 'isRolling'>): Promise<boolean> {
    const now = this.#clock.now()
    if (now - (this.#noted.get(id) ?? -Infinity) < USE_STEP_MS) return false
    // Of sessions that ran out unnoticed nothing is heard any more; forgetting costs a write each.
    if (this.#noted.size >= MAX_NOTED) this.#noted.clear()
    this.#noted.set(id, now)
    await this.#sessions.noteUse(id, now, isRolling ? now + CITIZEN_LIFE_MS : null)
    return true
  }

  /** When a session that is alive ends: by its age, and where it is not used before. */
  loadLife(sessionId: string): Promise<{ endsAt: UnixMs; idleEndsAt: UnixMs | null } | null> {
    return this.#sessions.loadLife(sessionId)
  }

  /** Says that a session is over which this process has not ended itself, or that its sockets are. */
  noticeEnd(sessionId: string): void {
    this.#tellEnded([{ id: sessionId }])
  }

  /** Told of each device on which somebody has ended their session by their own wish. */
  onSignedOut(listener: (deviceId: DeviceId) => void): void {
    this.#signOutListeners.push(listener)
  }

  /** On which of these devices somebody is signed in who is a worker now. */
  filterWorkersDevices(deviceIds: readonly DeviceId[]): Promise<Set<DeviceId>> {
    return this.#sessions.filterWorkersDevices(deviceIds, this.#clock.now())
  }

  onSessionEnded(listener: (sessionId: string) => void): void {
    this.#endListeners.push(listener)
  }

  loadPeople(ids: readonly PersonId[]): Promise<Map<PersonId, Person>> {
    return this.#repository.loadPeople(ids)
  }

  async #end(
    remove: (sessions: SessionsRepository) => Promise<EndedSession[]>,
    actor: AuditActor,
  ): Promise<number> {
    const ended = await this.#database.transaction().execute(async (transaction) => {
      const removed = await remove(makeSessionsRepository(transaction))
      for (const { id, personId } of removed) {
        const details = { sessionId: id }
        const event = { action: 'session.ended', actor, subjectId: personId, details } as const
        await this.#audit.record(event, transaction)
      }
      return removed
    })
    this.#tellEnded(ended)
    const isOwn = ({ personId }: EndedSession) => actor.kind === 'person' && actor.id === personId
    this.#tellSignedOut(ended.filter(isOwn))
    return ended.length
  }

  #tellSignedOut(ended: readonly EndedSession[]): void {
    for (const { deviceId } of ended) {
      for (const listener of this.#signOutListeners) listener(deviceId)
    }
  }

  #tellEnded(ended: readonly Pick<EndedSession, 'id'>[]): void {
    for (const { id } of ended) {
      this.#noted.delete(id)
      for (const listener of this.#endListeners) listener(id)
    }
  }
}

/** Somebody signed in, as the audit log names them: in the first of their roles. */
export function toActor({ person, roles }: Pick<Session, 'person' | 'roles'>): AuditActor {
  const [role] = roles
  return role === undefined ? SYSTEM : { kind: 'person', id: person.id, role }
}
