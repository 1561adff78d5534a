/** Version of the wire format. A server serves this one and the one before it. */
export const PROTOCOL_VERSION = 1

/** Before the first version there was none. */
const FIRST_VERSION = 1

/** As a version is called in `Sec-WebSocket-Protocol` (RFC 6455 § 1.9). */
export const toSubprotocol = (version: number): string => `naervaer.v${version}`

/** Offered by the client of this version, and chosen by the server. */
export const SUBPROTOCOL = toSubprotocol(PROTOCOL_VERSION)

/**
 * The version in which a server answers somebody who offers these subprotocols: its own, or the one
 * before, so that nobody is cut off by an upgrade (criterion S-19).
 *
 * @param version - the server's
 * @returns null where neither is offered
 */
export function chooseVersion(
  offered: Iterable<string>,
  version = PROTOCOL_VERSION,
): number | null {
  const names = new Set(offered)
  const served = [version, version - 1].filter((each) => each >= FIRST_VERSION)
  return served.find((each) => names.has(toSubprotocol(each))) ?? null
}
