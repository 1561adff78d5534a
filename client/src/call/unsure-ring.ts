import type { CallView, ConnectionId, PersonId } from '@naervaer/shared'

/** A worker's ring whose reply has not come: whether there is a call, the next welcome says. */
export class UnsureRing {
  #rung: { readonly citizenId: PersonId; readonly by: ConnectionId | null } | null = null

  /** @param by - the connection that asked */
  begin(citizenId: PersonId, by: ConnectionId | null): void {
    this.#rung = { citizenId, by }
  }

  /** It is known what became of it. */
  end(): void {
    this.#rung = null
  }

  /**
   * Whether the server took this ring; the call's seat may be the former socket's.
   *
   * @returns the connection that asked, or null where it is another's call or known already
   */
  recognise({ citizen, seat }: CallView): { readonly by: ConnectionId | null } | null {
    const isFree = seat === 'vacant' || seat === 'elsewhere'
    return isFree && citizen.id === this.#rung?.citizenId ? this.#rung : null
  }
}
