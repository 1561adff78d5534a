import {
  NaervaerError,
  type InvitationPassphrase,
  type PassphraseSignIn,
  type Person,
  type PersonId,
} from '@naervaer/shared'
import { toAddressGroup } from '../address-group.ts'
import type { Database } from '../database/open.ts'
import type { Clock } from '../plugins/clock.ts'
import type { Secrets } from '../secrets/secrets.ts'
import type { BackOff } from './back-off.ts'
import type { Challenges } from './challenges.ts'
import type { Invitation } from './invitations.ts'
import { hashPassphrase, isPassphraseOf, NOBODYS_HASH } from './passphrase-hash.ts'
import { findWeakness } from './passphrase-strength.ts'
import type { PassphrasesRepository } from './passphrases-repository.ts'
import { SignInRefusal } from './refusal.ts'
import { findFreeName, toSignInName } from './sign-in-name.ts'
import { findStep, makeSeed, toTotpAddress } from './totp.ts'

const SEAL_PURPOSE = 'totp'
/** Sealed like any other, so that an account that does not exist costs the same work. */
const NOBODY = 'nobody'

/** Waiting times by account and address, by address, and by account; see `makeBackOffs`. */
export interface BackOffs {
  readonly pair: BackOff
  readonly address: BackOff
  readonly account: BackOff
}

export interface PassphrasesOptions {
  readonly clock: Clock
  readonly repository: PassphrasesRepository
  readonly challenges: Challenges
  readonly secrets: Secrets
  readonly backOffs: BackOffs
  /** Whether this sign-in name may be used at all now: with OIDC only those of `BREAK_GLASS` may. */
  readonly isOpenFor: (signInName: string) => boolean
}

/** What has been begun with an invitation, as it is found again with its ticket. */
interface Begun {
  readonly signInName: string
  readonly seed: string
}

/** Passphrases with a code from an app (TOTP): the way in when there is no other. */
export class Passphrases {
  readonly #options: PassphrasesOptions
  readonly #nobodysSeed: string

  constructor(options: PassphrasesOptions) {
    this.#options = options
    this.#nobodysSeed = options.secrets.seal(SEAL_PURPOSE, Buffer.from(makeSeed()), NOBODY)
  }

  /** Whether this person has one that may be used at present. */
  async isUsableBy(personId: PersonId): Promise<boolean> {
    const stored = await this.#options.repository.findByPerson(personId)
    return stored !== null && this.#options.isOpenFor(stored.signInName)
  }

  /** Whether this person may make one at present. */
  async canBeMadeBy(person: Person): Promise<boolean> {
    return this.#options.isOpenFor(await this.#chooseName(person))
  }

  /** Draws a seed. @throws SIGN_IN_CLOSED */
  async start({ id, person }: Invitation) {
    const { challenges, secrets, isOpenFor } = this.#options
    const signInName = await this.#chooseName(person)
    if (!isOpenFor(signInName)) throw new NaervaerError('SIGN_IN_CLOSED')
    const seed = makeSeed()
    const begun: Begun = { signInName, seed }
    const sealed = secrets.seal(SEAL_PURPOSE, Buffer.from(JSON.stringify(begun)), id)
    const ticket = await challenges.issue('totp', id, sealed)
    return { signInName, seed, ticket, address: toTotpAddress(seed, signInName) }
  }

  /**
   * Checks what was chosen, and gives what writes it down.
   *
   * @throws CHALLENGE_EXPIRED, PASSPHRASE_WEAK, CODE_WRONG; the last two leave the ticket as it was
   */
  async prepare({ id, person }: Invitation, wish: InvitationPassphrase) {
    const { challenges, clock, repository, secrets } = this.#options
    const now = clock.now()
    const found = await challenges.peek(wish.ticket, 'totp', id)
    if (found === null || found.sealed === null) throw new NaervaerError('CHALLENGE_EXPIRED')
    // Sealed by `start` for this very invitation, or it would not open.
    const begun = JSON.parse(secrets.open(SEAL_PURPOSE, found.sealed, id).toString()) as Begun
    const weakness = findWeakness(wish.passphrase, [person.name])
    if (weakness !== null) throw new NaervaerError('PASSPHRASE_WEAK', { details: weakness })
    const step = findStep(begun.seed, wish.code, now)
    if (step === null) throw new NaervaerError('CODE_WRONG')
    const hash = await hashPassphrase(wish.passphrase)
    if ((await challenges.take(wish.ticket, 'totp', id)) === null) {
      throw new NaervaerError('CHALLENGE_EXPIRED')
    }
    const totpSeed = secrets.seal(SEAL_PURPOSE, Buffer.from(begun.seed), person.id)
    const { signInName } = begun
    return (within: Database) =>
      repository.save({ personId: person.id, signInName, hash, totpSeed }, step, now, within)
  }

  /**
   * Whose passphrase and code these are. One answer, after the same work, for a name that does not
   * exist, a wrong passphrase, a wrong code, a used one, and an account that may not (criterion S-07).
   *
   * @param address - where the try comes from
   * @throws SIGN_IN_REFUSED; RATE_LIMITED before the waiting time is over
   */
  async check(wish: PassphraseSignIn, address: string): Promise<PersonId> {
    const signInName = wish.signInName.trim().toLowerCase()
    const forgive = this.#countTry(signInName, toAddressGroup(address))
    const { clock, repository, secrets, isOpenFor } = this.#options
    const stored = await repository.findByName(signInName)
    const isRight = await isPassphraseOf(stored?.hash ?? NOBODYS_HASH, wish.passphrase)
    const sealed = stored?.totpSeed ?? this.#nobodysSeed
    const seed = secrets.open(SEAL_PURPOSE, sealed, stored?.personId ?? NOBODY).toString()
    const step = findStep(seed, wish.code, clock.now())
    const isFitting = stored !== null && isRight && step !== null && isOpenFor(signInName)
    if (!isFitting || !(await repository.useStep(stored.personId, step))) {
      throw new SignInRefusal('SIGN_IN_REFUSED', stored?.personId ?? null)
    }
    forgive()
    return stored.personId
  }

  /** @returns what to call when the try was right */
  #countTry(signInName: string, place: string): () => void {
    const { pair, account, address } = this.#options.backOffs
    const pairKey = `${signInName} ${place}`
    const tries = [
      [pair, pairKey],
      [address, place],
      [account, signInName],
    ] as const
    if (tries.some(([backOff, key]) => backOff.getDelayMs(key) > 0)) {
      throw new NaervaerError('RATE_LIMITED')
    }
    pair.addFailure(pairKey)
    account.addFailure(signInName)
    const takeBackOfPlace = address.addFailure(place)
    return () => {
      pair.forgive(pairKey)
      account.forgive(signInName)
      // Of the place only this try: one right account must not buy tries at others.
      takeBackOfPlace()
    }
  }

  /** The person's own, where there is one already. */
  async #chooseName(person: Person): Promise<string> {
    const { repository } = this.#options
    const own = await repository.findByPerson(person.id)
    if (own !== null) return own.signInName
    const isTaken = async (name: string) => (await repository.findByName(name)) !== null
    return findFreeName(toSignInName(person.name), isTaken)
  }
}
