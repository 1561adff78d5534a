/** Version of the wire format. A server serves this one and the one before it. */
export const PROTOCOL_VERSION = 1

/** Offered by the client and chosen by the server as `Sec-WebSocket-Protocol` (RFC 6455 § 1.9). */
export const SUBPROTOCOL = 'naervaer.v1'
