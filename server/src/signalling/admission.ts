import type { FastifyRequest } from 'fastify'
import { chooseVersion, MAX_CONNECTIONS_PER_ADDRESS, NaervaerError } from '@naervaer/shared'

/**
 * What is refused before the upgrade, in words HTTP has for it. Session and `Origin` are checked by their own rooms.
 *
 * @param version - of the protocol, the server's own
 * @returns the version in which the socket speaks
 */
export function checkSubprotocol(request: FastifyRequest, version: number): number {
  const offered = request.headers['sec-websocket-protocol']?.split(',') ?? []
  const chosen = chooseVersion(
    offered.map((name) => name.trim()),
    version,
  )
  if (chosen === null) throw new NaervaerError('SUBPROTOCOL_UNKNOWN')
  return chosen
}

/** Counts open sockets per address, so that one place cannot take them all. */
export class AddressCounter {
  readonly #limit: number
  readonly #counts = new Map<string, number>()

  constructor(limit = MAX_CONNECTIONS_PER_ADDRESS) {
    this.#limit = limit
  }

  check(address: string): void {
    if ((this.#counts.get(address) ?? 0) >= this.#limit) {
      throw new NaervaerError('CONNECTIONS_EXCEEDED')
    }
  }

  add(address: string): void {
    this.#counts.set(address, (this.#counts.get(address) ?? 0) + 1)
  }

  remove(address: string): void {
    const left = (this.#counts.get(address) ?? 0) - 1
    if (left > 0) this.#counts.set(address, left)
    else this.#counts.delete(address)
  }
}
