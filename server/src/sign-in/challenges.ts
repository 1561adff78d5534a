import type { DurationMs } from '@naervaer/shared'
import { hashToken, makeToken } from '../accounts/tokens.ts'
import type { Database } from '../database/open.ts'
import type { Clock } from '../plugins/clock.ts'

/** As long as people need to find their key, and no longer. */
export const CHALLENGE_LIFE_MS: DurationMs = 5 * 60_000

export type ChallengePurpose = 'signIn' | 'enrol' | 'totp'

/**
 * Random questions that are answered once, within five minutes, for the purpose and by the browser,
 * invitation or session they were made for. Kept as hashes.
 */
export class Challenges {
  readonly #database: Database
  readonly #clock: Clock

  constructor(database: Database, clock: Clock) {
    this.#database = database
    this.#clock = clock
  }

  /**
   * @param boundTo - who must bring it back
   * @param sealed - what is to be found again with it
   * @returns 256 random bits in base64url
   */
  async issue(
    purpose: ChallengePurpose,
    boundTo: string,
    sealed: string | null = null,
  ): Promise<string> {
    const now = this.#clock.now()
    const challenge = makeToken()
    await this.#database.deleteFrom('sign_in_challenges').where('expires_at', '<=', now).execute()
    await this.#database
      .insertInto('sign_in_challenges')
      .values({
        hash: hashToken(challenge),
        purpose,
        bound_to: boundTo,
        sealed,
        expires_at: now + CHALLENGE_LIFE_MS,
      })
      .execute()
    return challenge
  }

  /** Looks without using it up. @returns null where it does not fit */
  async peek(
    challenge: string,
    purpose: ChallengePurpose,
    boundTo: string,
  ): Promise<{ readonly sealed: string | null } | null> {
    const row = await this.#database
      .selectFrom('sign_in_challenges')
      .select('sealed')
      .where('hash', '=', hashToken(challenge))
      .where('purpose', '=', purpose)
      .where('bound_to', '=', boundTo)
      .where('expires_at', '>', this.#clock.now())
      .executeTakeFirst()
    return row ?? null
  }

  /** Uses a challenge up, whether it fits or not. @returns null where it does not */
  async take(
    challenge: string,
    purpose: ChallengePurpose,
    boundTo: string,
  ): Promise<{ readonly sealed: string | null } | null> {
    const row = await this.#database
      .deleteFrom('sign_in_challenges')
      .where('hash', '=', hashToken(challenge))
      .returning(['purpose', 'bound_to', 'sealed', 'expires_at'])
      .executeTakeFirst()
    if (row === undefined || row.expires_at <= this.#clock.now()) return null
    const isFitting = row.purpose === purpose && row.bound_to === boundTo
    return isFitting ? { sealed: row.sealed } : null
  }
}
