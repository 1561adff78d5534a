import {
  DemoPeopleReplySchema,
  SessionReplySchema,
  type DemoPeopleReply,
  type PersonId,
  type SessionReply,
} from '@naervaer/shared'
import { makeCheck } from './socket/check.ts'
import type { DeviceSession } from './device/device-session.ts'
import { read, send } from './http-request.ts'

const isSessionReply = makeCheck(SessionReplySchema)
const isDemoPeopleReply = makeCheck(DemoPeopleReplySchema)

/**
 * The HTTP routes this client uses.
 *
 * Every method rejects with a `NaervaerError` where the server refused, and with the browser's
 * own error where it could not be reached.
 */
export class HttpClient {
  readonly #device: Pick<DeviceSession, 'findSession'>

  constructor(device: Pick<DeviceSession, 'findSession'>) {
    this.#device = device
  }

  /** Who is signed in here; a paired device signs in by itself. */
  fetchSession(): Promise<SessionReply> {
    return this.#device.findSession(async () =>
      read(await send('GET', '/api/session'), isSessionReply),
    )
  }

  async signOut(): Promise<void> {
    await send('DELETE', '/api/session')
  }

  async fetchDemoPeople(): Promise<DemoPeopleReply> {
    return read(await send('GET', '/api/demo/people'), isDemoPeopleReply)
  }

  /** One of the routes of choices (HT5); what has changed comes as news over the socket. */
  async changeChoice(path: `/api/${string}`, body?: object): Promise<void> {
    await send('POST', path, body)
  }

  /** "Beskyttet adresse" of a worker's citizen; what has changed comes as news over the socket. */
  async protectAddress(citizenId: PersonId, isAddressProtected: boolean): Promise<void> {
    await send('PUT', `/api/citizens/${citizenId}/protection`, { isAddressProtected })
  }

  /** The ordinary telephone of a worker's citizen; what has changed comes as news over the socket. */
  async writePhone(citizenId: PersonId, phone: string | null): Promise<void> {
    await send('PUT', `/api/citizens/${citizenId}/phone`, { phone })
  }

  async signInDemo(personId: PersonId): Promise<void> {
    await send('POST', '/api/demo/sign-in', { personId })
  }
}
