import type { DurationMs, Person, PersonId } from '@naervaer/shared'
import type { Clock } from '../plugins/clock.ts'
import type { Assignments } from './assignments-repository.ts'
import type { AccountsRepository } from './repository.ts'
import type { Session } from './session.ts'
import { hashToken, makeToken, TOKEN_PATTERN } from './tokens.ts'

/** A working day with room: nobody is signed out in the middle of one. */
export const SESSION_LIFE_MS: DurationMs = 12 * 3_600_000

export interface AccountsOptions {
  readonly clock: Clock
  readonly repository: AccountsRepository
  readonly assignments: Assignments
}

/** Who somebody is, and on which device. Owns the list of those who want to hear of ended sessions. */
export class Accounts {
  readonly assignments: Assignments
  readonly #clock: Clock
  readonly #repository: AccountsRepository
  readonly #endListeners: ((sessionId: string) => void)[] = []

  constructor({ clock, repository, assignments }: AccountsOptions) {
    this.#clock = clock
    this.#repository = repository
    this.assignments = assignments
  }

  /** @returns null for no token, an unknown one, and one whose session has expired */
  async findSession(token: string | undefined): Promise<Session | null> {
    if (token === undefined || !TOKEN_PATTERN.test(token)) return null
    return this.#repository.findSession(hashToken(token), this.#clock.now())
  }

  /** Whether the session's row is still there: deleting it, by whatever means, ends everything. */
  isSessionAlive(sessionId: string): Promise<boolean> {
    return this.#repository.isSessionAlive(sessionId, this.#clock.now())
  }

  /** The ids of all sessions whose rows are still there. */
  loadAliveSessionIds(): Promise<Set<string>> {
    return this.#repository.loadAliveSessionIds(this.#clock.now())
  }

  /**
   * Signs a person in on the device they have in this browser.
   *
   * @param browserToken - the browser's own cookie; a new one is made where it has none
   * @returns the tokens to be kept by the browser
   */
  async signIn(personId: PersonId, browserToken: string | undefined) {
    const now = this.#clock.now()
    const isKnown = browserToken !== undefined && TOKEN_PATTERN.test(browserToken)
    const browser = isKnown ? browserToken : makeToken()
    const deviceId = await this.#repository.findOrAddDevice(personId, hashToken(browser), now)
    const session = makeToken()
    await this.#repository.deleteExpiredSessions(now)
    await this.#repository.addSession({
      tokenHash: hashToken(session),
      personId,
      deviceId,
      createdAt: now,
      expiresAt: now + SESSION_LIFE_MS,
    })
    return { session, browser }
  }

  /** Ends the session of this token, if there is one, and everything that hangs on it. */
  async signOut(token: string | undefined): Promise<void> {
    if (token === undefined || !TOKEN_PATTERN.test(token)) return
    const id = await this.#repository.deleteSession(hashToken(token))
    if (id === null) return
    for (const listener of this.#endListeners) listener(id)
  }

  onSessionEnded(listener: (sessionId: string) => void): void {
    this.#endListeners.push(listener)
  }

  loadPeople(ids: readonly PersonId[]): Promise<Map<PersonId, Person>> {
    return this.#repository.loadPeople(ids)
  }
}
