import { DEVICE_PROOF_HEADER, NaervaerError, ProblemSchema, type Check } from '@naervaer/shared'
import { makeCheck } from './socket/check.ts'

const isProblem = makeCheck(ProblemSchema)

/** How long an answer is waited for: longer than a slow mobile network, shorter than patience. */
const TIMEOUT_MS = 10_000

/** Signs for a request where this browser is a paired device; null anywhere else. */
export type ProveRequest = (method: string, path: string) => Promise<string | null>

let proveRequest: ProveRequest = () => Promise.resolve(null)

/** From now on each request brings what `prove` makes for it (rule HT24). */
export function proveRequests(prove: ProveRequest): void {
  proveRequest = prove
}

/** A refusal that may say when to come again. */
export class RefusedError extends NaervaerError {
  /** In seconds; null where the server did not say. */
  readonly retryAfterSeconds: number | null

  constructor(code: NaervaerError['code'], retryAfterSeconds: number | null) {
    super(code)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/**
 * Sends a request to the server this page came from.
 *
 * @throws NaervaerError where the server refused; the browser's own error where it was not reached
 */
export async function send(
  method: string,
  path: string,
  body?: unknown,
  { keepalive = false } = {},
): Promise<Response> {
  const proof = await proveRequest(method, path)
  const response = await fetch(path, {
    method,
    keepalive,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(proof === null ? {} : { [DEVICE_PROOF_HEADER]: proof }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw await readProblem(response)
  return response
}

/** The body of an answer, checked. @throws NaervaerError INTERNAL where it is not what was agreed on */
export async function read<T>(response: Response, check: Check<T>): Promise<T> {
  const value: unknown = await response.json()
  if (!check(value)) throw new NaervaerError('INTERNAL', { details: 'unexpected answer' })
  return value
}

/** Something between us and the server, such as a proxy, may answer in words of its own. */
async function readProblem(response: Response): Promise<NaervaerError> {
  const value: unknown = await response.json().catch(() => null)
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  const retryAfter = Number.isFinite(seconds) ? seconds : null
  return new RefusedError(isProblem(value) ? value.code : 'INTERNAL', retryAfter)
}
