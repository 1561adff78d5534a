import {
  PairingClaimReplySchema,
  PairingStatusSchema,
  type DurationMs,
  type PairingClaim,
  type PairingStatus,
} from '@naervaer/shared'
import { makeCheck } from '../socket/check.ts'
import { guessKind } from './device-kind.ts'
import { forgetKey, loadKey, makeKey, saveKey } from './device-key.ts'
import { writeMark } from './device-mark.ts'
import { loadProver } from './device-prover.ts'
import { read, send } from '../http-request.ts'

/** Proving for the first time, from the first question to the session. */
const SIGN_IN_MS: DurationMs = 10_000

const isClaimReply = makeCheck(PairingClaimReplySchema)
const isStatus = makeCheck(PairingStatusSchema)

/** What the device shows while the worker compares. */
export interface Waiting {
  readonly digits: string
  readonly worker: string
}

/** What a page needs to make this browser somebody's device. */
export interface PairingControl {
  /** A pairing that was under way when the page was closed; null where there is none. */
  resume(): Promise<Waiting | null>
  /** @throws NaervaerError PAIRING_WRONG, PAIRING_EXPIRED, PAIRING_LOCKED */
  claim(proof: PairingClaim['proof']): Promise<Waiting>
  /** Asks once. After the worker's yes the device is signed in when this returns. */
  ask(): Promise<PairingStatus>
  /** Gives the device back: it was somebody else's. */
  giveBack(): Promise<void>
}

/** The real thing, talking to the server this page came from. */
export const devicePairing: PairingControl = {
  async resume() {
    const waiting = await loadKey('waiting')
    if (waiting === null) return null
    const { state } = await fetchStatus()
    if (state !== 'over') return waiting
    await forgetKey('waiting')
    return null
  },

  async claim(proof) {
    const key = await makeKey()
    const body: PairingClaim = { proof, key: key.publicKey, kind: guessKind() }
    const { digits, worker } = await read(
      await send('POST', '/api/device/pairing', body),
      isClaimReply,
    )
    await saveKey('waiting', { ...key, digits, worker })
    return { digits, worker }
  },

  async ask() {
    const status = await fetchStatus()
    const waiting = await loadKey('waiting')
    if (status.device !== null && waiting !== null) {
      const { id, person } = status.device
      await saveKey('device', { privateKey: waiting.privateKey, id, person })
      await (await loadProver())?.signIn(AbortSignal.timeout(SIGN_IN_MS), true)
      writeMark('paired')
    }
    if (status.state !== 'waiting') await forgetKey('waiting')
    return status
  },

  async giveBack() {
    const key = await loadKey('device')
    if (key !== null) await send('DELETE', `/api/devices/${key.id}`)
    await forgetKey('device')
    writeMark('lost')
  },
}

async function fetchStatus(): Promise<PairingStatus> {
  return read(await send('GET', '/api/device/pairing'), isStatus)
}
