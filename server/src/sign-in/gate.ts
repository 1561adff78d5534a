import type { PersonId } from '@naervaer/shared'
import type { SignInMethods } from './methods.ts'
import type { PassphrasesRepository } from './passphrases-repository.ts'

export interface SignInGateOptions {
  readonly methods: SignInMethods
  readonly repository: Pick<PassphrasesRepository, 'findByPerson'>
  /** The sign-in names of `BREAK_GLASS`. */
  readonly breakGlass: ReadonlySet<string>
}

/**
 * Which ways in stay open beside work accounts (OIDC). Whoever has a work account comes in by it alone,
 * so that closing it there closes it here; the emergency accounts of `BREAK_GLASS` are the exception.
 */
export class SignInGate {
  readonly #options: SignInGateOptions

  constructor(options: SignInGateOptions) {
    this.#options = options
  }

  /** Whether passphrases of this sign-in name count at present. */
  isNameOpen(signInName: string): boolean {
    const { methods, breakGlass } = this.#options
    return !methods.has('oidc') || breakGlass.has(signInName)
  }

  /** Whether this person may make and use passkeys at present. */
  async mayUsePasskeys(personId: PersonId): Promise<boolean> {
    const { methods } = this.#options
    if (!(await methods.canUse('oidc', personId))) return true
    return this.isEmergency(personId)
  }

  /**
   * Whether coming in by passkey or passphrase is an emergency for this person: the name under which
   * their passphrase was made is in `BREAK_GLASS`. A name that somebody merely bears is not enough.
   */
  async isEmergency(personId: PersonId): Promise<boolean> {
    const { methods, repository, breakGlass } = this.#options
    if (!methods.has('oidc') || breakGlass.size === 0) return false
    const stored = await repository.findByPerson(personId)
    return stored !== null && breakGlass.has(stored.signInName)
  }
}
