import {
  DeviceNonceSchema,
  NaervaerError,
  SessionReplySchema,
  type DeviceNonce,
  type DurationMs,
  type Person,
  type SessionReply,
} from '@naervaer/shared'
import { makeCheck } from './check.ts'
import { forgetKey, loadKey, signProof, type DeviceKey } from './device-key.ts'
import { read } from './http-request.ts'

const isNonce = makeCheck(DeviceNonceSchema)
const isSession = makeCheck(SessionReplySchema)

const SESSION_PATH = '/api/device/session'
const TIMEOUT_MS = 10_000

/** After which the key is of no use. */
const ENDS = ['DEVICE_UNKNOWN', 'DEVICE_STOPPED', 'DEVICE_REMOVED'] as const

/** Proves that this browser is the device it was paired as. */
export class DeviceProver {
  readonly person: Person
  readonly #key: DeviceKey
  /** How far the server's clock is ahead of this device's. */
  #aheadMs: DurationMs = 0

  constructor(key: DeviceKey) {
    this.#key = key
    this.person = key.person
  }

  prove(method: string, path: string): Promise<string> {
    return signProof(this.#key, { method, path, now: Date.now() + this.#aheadMs })
  }

  /**
   * @param isSwitch - whether somebody else who is signed in in this browser gives way
   * @throws NaervaerError DEVICE_UNKNOWN, DEVICE_STOPPED or DEVICE_REMOVED where the device is not
   *   paired any more
   */
  async signIn(isSwitch = false): Promise<SessionReply> {
    const { nonce, serverTime } = await this.#fetchNonce()
    this.#aheadMs = serverTime - Date.now()
    const proof = await signProof(this.#key, {
      method: 'POST',
      path: SESSION_PATH,
      now: serverTime,
      nonce,
    })
    return read(await post(SESSION_PATH, { proof, isSwitch }), isSession)
  }

  /** The key is of no use any more. */
  forget(): Promise<void> {
    return forgetKey('device')
  }

  async #fetchNonce(): Promise<DeviceNonce> {
    return read(await post('/api/device/nonce'), isNonce)
  }
}

/** @returns null where this browser holds no key */
export async function loadProver(): Promise<DeviceProver | null> {
  const key = await loadKey('device')
  return key === null ? null : new DeviceProver(key)
}

/** Without a proof of the request itself: these two are how proofs begin. */
async function post(path: string, body?: unknown): Promise<Response> {
  const response = await fetch(path, {
    method: 'POST',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  if (response.ok) return response
  const problem: unknown = await response.json().catch(() => null)
  const code =
    typeof problem === 'object' && problem !== null && 'code' in problem ? problem.code : null
  throw new NaervaerError(ENDS.find((end) => end === code) ?? 'INTERNAL')
}
