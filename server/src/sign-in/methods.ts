import type { OfferedMethod, PersonId } from '@naervaer/shared'

/** In the order in which the page offers them: what staff use every day comes first. */
const ORDER: readonly OfferedMethod['kind'][] = ['oidc', 'passkey', 'passphrase']

type HasAccount = (personId: PersonId) => Promise<boolean>

/** The ways in that are open to staff: each room adds its own while the server starts. */
export class SignInMethods {
  readonly #methods = new Map<OfferedMethod['kind'], OfferedMethod>()
  readonly #accounts = new Map<OfferedMethod['kind'], HasAccount>()

  /** @param hasAccount - whether a person can come in this way, so that their last passkey may go */
  add(method: OfferedMethod, hasAccount?: HasAccount): void {
    this.#methods.set(method.kind, method)
    if (hasAccount !== undefined) this.#accounts.set(method.kind, hasAccount)
  }

  has(kind: OfferedMethod['kind']): boolean {
    return this.#methods.has(kind)
  }

  /** Whether this person has an account of this kind, where the way is open at all. */
  async canUse(kind: OfferedMethod['kind'], personId: PersonId): Promise<boolean> {
    return (await this.#accounts.get(kind)?.(personId)) ?? false
  }

  list(): OfferedMethod[] {
    return ORDER.flatMap((kind) => this.#methods.get(kind) ?? [])
  }

  /** Whether a person can come in without any passkey. */
  async canDoWithoutPasskey(personId: PersonId): Promise<boolean> {
    for (const hasAccount of this.#accounts.values()) if (await hasAccount(personId)) return true
    return false
  }
}
