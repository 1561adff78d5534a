import type { SignInMethod } from '@naervaer/shared'

/** In the order in which the page offers them: what staff use every day comes first. */
const ORDER: readonly SignInMethod['kind'][] = ['oidc', 'passkey', 'passphrase']

/** The ways in that are open to staff: each room adds its own while the server starts. */
export class SignInMethods {
  readonly #methods = new Map<SignInMethod['kind'], SignInMethod>()

  add(method: SignInMethod): void {
    this.#methods.set(method.kind, method)
  }

  has(kind: SignInMethod['kind']): boolean {
    return this.#methods.has(kind)
  }

  list(): SignInMethod[] {
    return ORDER.flatMap((kind) => this.#methods.get(kind) ?? [])
  }
}
