import type {
  ConnectionId,
  DeviceId,
  PersonId,
  ServerMessage,
  SocketRole,
  Window,
} from '@naervaer/shared'

/** One WebSocket of a signed-in person, as the rooms see it. */
export interface Connection extends Window {
  readonly id: ConnectionId
  readonly personId: PersonId
  readonly role: SocketRole
  readonly deviceId: DeviceId
  readonly sessionId: string
  send(message: ServerMessage): void
  /** Sends on the bytes of a frame that has been checked already. */
  forward(frame: Buffer): void
  /** Asks for a sign of life at once, and ends the socket unless one comes within two seconds. */
  challenge(): void
  /** @param code - of `CLOSE_CODES` */
  close(code: number): void
}
