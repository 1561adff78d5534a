import {
  DemoPeopleReplySchema,
  NaervaerError,
  ProblemSchema,
  SessionReplySchema,
  type Check,
  type DemoPeopleReply,
  type PersonId,
  type SessionReply,
} from '@naervaer/shared'
import { makeCheck } from './check.ts'

const isSessionReply = makeCheck(SessionReplySchema)
const isDemoPeopleReply = makeCheck(DemoPeopleReplySchema)
const isProblem = makeCheck(ProblemSchema)

/** How long an answer is waited for: longer than a slow mobile network, shorter than patience. */
const TIMEOUT_MS = 10_000

/**
 * The HTTP routes this client uses.
 *
 * Every method rejects with a `NaervaerError` where the server refused, and with the browser's
 * own error where it could not be reached.
 */
export class HttpClient {
  async fetchSession(): Promise<SessionReply> {
    return read(await send('GET', '/api/session'), isSessionReply)
  }

  async signOut(): Promise<void> {
    await send('DELETE', '/api/session')
  }

  async fetchDemoPeople(): Promise<DemoPeopleReply> {
    return read(await send('GET', '/api/demo/people'), isDemoPeopleReply)
  }

  async signInDemo(personId: PersonId): Promise<void> {
    await send('POST', '/api/demo/sign-in', { personId })
  }
}

async function send(method: string, path: string, body?: unknown): Promise<Response> {
  const response = await fetch(path, {
    method,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  if (!response.ok) throw await readProblem(response)
  return response
}

async function read<T>(response: Response, check: Check<T>): Promise<T> {
  const value: unknown = await response.json()
  if (!check(value)) throw new NaervaerError('INTERNAL', { details: 'unexpected answer' })
  return value
}

/** Something between us and the server, such as a proxy, may answer in words of its own. */
async function readProblem(response: Response): Promise<NaervaerError> {
  const value: unknown = await response.json().catch(() => null)
  return new NaervaerError(isProblem(value) ? value.code : 'INTERNAL')
}
