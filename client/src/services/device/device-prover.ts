import {
  DEVICE_NONCE_HEADER,
  DEVICE_NONCE_LIFE_MS,
  DeviceNonceSchema,
  NaervaerError,
  SessionReplySchema,
  type DurationMs,
  type Person,
  type SessionReply,
} from '@naervaer/shared'
import { makeCheck } from '../socket/check.ts'
import { forgetKey, loadKey, signProof, type DeviceKey } from './device-key.ts'
import { read } from '../http-request.ts'

const isNonce = makeCheck(DeviceNonceSchema)
const isSession = makeCheck(SessionReplySchema)

const NONCE_PATH = '/api/device/nonce'
const SESSION_PATH = '/api/device/session'

/** After which the key is of no use. */
const ENDS = ['DEVICE_UNKNOWN', 'DEVICE_STOPPED', 'DEVICE_REMOVED'] as const

/** How long a nonce is kept: the way to the server is a part of its life. */
const KEEP_MS: DurationMs = DEVICE_NONCE_LIFE_MS - 20_000

/** What the next proof is made over. */
interface Nonce {
  readonly value: string
  /** Of the answer to an earlier proof: the server may have forgotten it, or taken it already. */
  readonly isKept: boolean
}

/** Proves that this browser is the device it was paired as. */
export class DeviceProver {
  readonly person: Person
  readonly #key: DeviceKey
  /** How far the server's clock is ahead of this device's. */
  #aheadMs: DurationMs = 0
  /** Saves the way back after a loss one round trip. */
  #next: { readonly nonce: string; readonly until: DurationMs } | null = null

  constructor(key: DeviceKey) {
    this.#key = key
    this.person = key.person
  }

  prove(method: string, path: string): Promise<string> {
    return signProof(this.#key, { method, path, now: Date.now() + this.#aheadMs })
  }

  /**
   * @param signal - given up with this, also between its two requests
   * @param isSwitch - whether somebody else who is signed in in this browser gives way
   * @throws NaervaerError DEVICE_UNKNOWN, DEVICE_STOPPED or DEVICE_REMOVED where the device is not
   *   paired any more
   */
  async signIn(signal: AbortSignal, isSwitch = false): Promise<SessionReply> {
    const nonce = await this.#findNonce(signal)
    const proof = await signProof(this.#key, {
      method: 'POST',
      path: SESSION_PATH,
      now: Date.now() + this.#aheadMs,
      nonce: nonce.value,
    })
    try {
      const response = await post(SESSION_PATH, signal, { proof, isSwitch })
      this.#keep(response.headers.get(DEVICE_NONCE_HEADER))
      return await read(response, isSession)
    } catch (error) {
      if (!nonce.isKept || !(error instanceof NaervaerError)) throw error
      // Why a device is paired no more is told only over a nonce that is good (rule HT27).
      this.#next = null
      return this.signIn(signal, isSwitch)
    }
  }

  #keep(nonce: string | null): void {
    this.#next = nonce === null ? null : { nonce, until: performance.now() + KEEP_MS }
  }

  async #findNonce(signal: AbortSignal): Promise<Nonce> {
    const next = this.#next
    if (next !== null && performance.now() < next.until) return { value: next.nonce, isKept: true }
    const { nonce, serverTime } = await read(await post(NONCE_PATH, signal), isNonce)
    this.#aheadMs = serverTime - Date.now()
    return { value: nonce, isKept: false }
  }

  /** The key is of no use any more. */
  forget(): Promise<void> {
    return forgetKey('device')
  }
}

/** @returns null where this browser holds no key */
export async function loadProver(): Promise<DeviceProver | null> {
  const key = await loadKey('device')
  return key === null ? null : new DeviceProver(key)
}

/** Without a proof of the request itself: these two are how proofs begin. */
async function post(path: string, signal: AbortSignal, body?: unknown): Promise<Response> {
  const response = await fetch(path, {
    method: 'POST',
    signal,
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
