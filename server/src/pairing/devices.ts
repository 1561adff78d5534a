import type { FastifyRequest } from 'fastify'
import {
  DEVICE_PROOF_HEADER,
  NaervaerError,
  type AuditActor,
  type DeviceId,
  type DurationMs,
  type PairedDevice,
  type PersonId,
  type UnixMs,
} from '@naervaer/shared'
import type { Accounts, Tokens } from '../accounts/service.ts'
import type { Session } from '../accounts/session.ts'
import { hashToken, makeToken, TOKEN_PATTERN } from '../accounts/tokens.ts'
import type { Audit } from '../audit/audit.ts'
import type { Calls } from '../calls/service.ts'
import type { Database } from '../database/open.ts'
import type { Clock } from '../plugins/clock.ts'
import { runAll } from '../run-all.ts'
import { Nonces } from './nonces.ts'
import { OnceOnly } from './once.ts'
import { Proofs, type Proven, type ProvenRequest } from './proofs.ts'
import {
  makePairingRepository,
  type KeyedDevice,
  type PairingRepository,
  type RevokeReason,
} from './repository.ts'

/** From the proof to the socket: a slow mobile network's time, and no more. */
const TICKET_LIFE_MS: DurationMs = 60_000

/** How far back revocations by another process are looked for. */
const SWEEP_BACK_MS: DurationMs = 10_000

export interface DevicesOptions {
  readonly clock: Clock
  readonly database: Database
  readonly accounts: Accounts
  readonly audit: Audit
  readonly calls: Calls
  readonly repository: PairingRepository
  readonly origins: readonly string[]
}

/** What the browser of a device that proves itself has kept. */
export interface Kept {
  /** Whether somebody else who is signed in there gives way. */
  readonly isSwitch: boolean
  readonly session: string | undefined
  readonly browser: string | undefined
  readonly userAgent: string | undefined
}

/** What a device gets that has proved itself. */
export interface DeviceSignIn {
  readonly session: Session
  /** null where the session that it had goes on. */
  readonly tokens: Tokens | null
  /** Opens one socket; null where somebody else is signed in in this browser, and stays so. */
  readonly ticket: string | null
}

/** Citizens' paired devices: what they prove, and their end. */
export class Devices {
  readonly #options: DevicesOptions
  readonly #nonces: Nonces
  readonly #proofs: Proofs
  /** Of devices that are paired no more: believed only as to that. */
  readonly #formerProofs: Proofs
  readonly #tickets: OnceOnly<string>
  /** A request is asked once for its proof, however many guards it passes. */
  readonly #proven = new WeakMap<FastifyRequest, string>()
  /** Revocations that have been seen to, as far back as a sweep looks. */
  readonly #swept = new Map<DeviceId, UnixMs>()
  /** Revoked, and not let go of yet: asked for again with every sweep until it is done. */
  readonly #due = new Set<DeviceId>()
  readonly #revokeListeners: ((id: DeviceId) => Promise<void>)[] = []

  constructor(options: DevicesOptions) {
    const { clock, origins, repository } = options
    this.#options = options
    this.#nonces = new Nonces(clock)
    this.#tickets = new OnceOnly(clock, TICKET_LIFE_MS)
    const findKey = async (id: DeviceId) => (await repository.findDevice(id))?.key ?? null
    this.#proofs = new Proofs({ clock, origins, findKey })
    const findFormerKey = async (id: DeviceId) =>
      (await repository.findFormerDevice(id))?.key ?? null
    this.#formerProofs = new Proofs({ clock, origins, findKey: findFormerKey })
  }

  /** Called for every device that is paired no more; asked again until it is done. */
  onRevoked(listener: (id: DeviceId) => Promise<void>): void {
    this.#revokeListeners.push(listener)
  }

  async isPaired(id: DeviceId): Promise<boolean> {
    return (await this.#options.repository.findDevice(id)) !== null
  }

  makeNonce(): string {
    return this.#nonces.make()
  }

  /**
   * A device proves itself over a nonce. It goes on with its session where that is alive, so that two
   * windows do not end each other's, and is signed in otherwise.
   *
   * @throws NaervaerError DEVICE_UNKNOWN, DEVICE_STOPPED, DEVICE_REMOVED, DEVICE_PROOF_REFUSED
   */
  async signIn(proof: string, request: ProvenRequest, kept: Kept): Promise<DeviceSignIn> {
    const { accounts, repository } = this.#options
    const { deviceId, nonce } = await this.#verifySignIn(proof, request)
    if (!this.#nonces.take(nonce, deviceId)) throw new NaervaerError('DEVICE_PROOF_REFUSED')
    const device = await repository.findDevice(deviceId)
    if (device === null) throw new NaervaerError('DEVICE_UNKNOWN')
    const current = await accounts.findSession(kept.session)
    const isOwn = current?.deviceId === deviceId && current.method === 'device'
    if (isOwn) return { session: current, tokens: null, ticket: this.#makeTicket(current) }
    if (current !== null && current.person.id !== device.personId && !kept.isSwitch) {
      return { session: current, tokens: null, ticket: null }
    }
    const tokens = await this.#begin(device, kept)
    const session = await accounts.findSession(tokens.session)
    // Revoked in this very moment.
    if (session === null) throw new NaervaerError('DEVICE_UNKNOWN')
    return { session, tokens, ticket: this.#makeTicket(session) }
  }

  async #verifySignIn(proof: string, request: ProvenRequest): Promise<Proven> {
    try {
      return await this.#proofs.verify(proof, request)
    } catch (error) {
      if (!(error instanceof NaervaerError) || error.code !== 'DEVICE_UNKNOWN') throw error
      throw new NaervaerError(await this.#findEnd(proof, request), { cause: error })
    }
  }

  /** Why a device is paired no more is told to that device alone: it signs as it did before. */
  async #findEnd(proof: string, request: ProvenRequest) {
    try {
      const { deviceId, nonce } = await this.#formerProofs.verify(proof, request)
      if (!this.#nonces.take(nonce, deviceId)) return 'DEVICE_UNKNOWN'
      const former = await this.#options.repository.findFormerDevice(deviceId)
      if (former?.reason === 'withdrawn') return 'DEVICE_STOPPED'
      return former?.reason === 'asked' ? 'DEVICE_REMOVED' : 'DEVICE_UNKNOWN'
    } catch (error) {
      if (error instanceof NaervaerError) return 'DEVICE_UNKNOWN'
      throw error
    }
  }

  /** @returns the tokens of a new session of this device, in whatever browser it now is */
  async #begin(device: KeyedDevice, { browser, userAgent }: Kept): Promise<Tokens> {
    const { accounts, repository, clock } = this.#options
    const isKnown = browser !== undefined && TOKEN_PATTERN.test(browser)
    const token = isKnown ? browser : makeToken()
    const spare = hashToken(makeToken())
    const former = await repository.setBrowser(device, hashToken(token), spare, clock.now())
    const tokens = await accounts.signIn(device.personId, token, { method: 'device', userAgent })
    if (former !== null) {
      await this.revokeIfPaired(former, device.personId, { kind: 'system' }, 'replaced')
    }
    if ((await repository.findDevice(device.id)) === null) {
      await accounts.endSessionsOfDevice(device.id)
    }
    return tokens
  }

  #makeTicket({ id }: Session): string {
    const ticket = makeToken()
    this.#tickets.add(hashToken(ticket), id)
    return ticket
  }

  /**
   * Holds a device's session to the device's key: a request brings a proof made for it, a socket a
   * ticket that a proof has earned. A copied cookie alone opens nothing.
   */
  async isProven(
    request: FastifyRequest,
    session: Session,
    ticket: string | undefined,
  ): Promise<boolean> {
    if (session.method !== 'device' || this.#proven.get(request) === session.id) return true
    const isProven = request.ws
      ? this.#takeTicket(session, ticket)
      : await this.#hasProof(request, session)
    if (isProven) this.#proven.set(request, session.id)
    return isProven
  }

  #takeTicket({ id }: Session, ticket: string | undefined): boolean {
    const isOne = ticket !== undefined && TOKEN_PATTERN.test(ticket)
    return isOne && this.#tickets.take(hashToken(ticket)) === id
  }

  async #hasProof(request: FastifyRequest, session: Session): Promise<boolean> {
    const proof = request.headers[DEVICE_PROOF_HEADER]
    if (typeof proof !== 'string') return false
    try {
      const { deviceId } = await this.#proofs.verify(proof, toProvenRequest(request))
      return deviceId === session.deviceId
    } catch (error) {
      if (error instanceof NaervaerError) return false
      throw error
    }
  }

  listOf(personId: PersonId): Promise<PairedDevice[]> {
    return this.#options.repository.listDevices(personId)
  }

  /** @throws NaervaerError DEVICE_NOT_FOUND unless the device is paired and this person's */
  async checkOwner(id: DeviceId, personId: PersonId): Promise<void> {
    const device = await this.#options.repository.findDevice(id)
    if (device?.personId !== personId) throw new NaervaerError('DEVICE_NOT_FOUND')
  }

  /**
   * Ends a device for good: its sessions, its sockets, and the call it takes part in (criterion W-25).
   *
   * @throws NaervaerError DEVICE_NOT_FOUND unless it is paired and this person's
   */
  async revoke(id: DeviceId, personId: PersonId, actor: AuditActor): Promise<void> {
    await this.checkOwner(id, personId)
    await this.revokeIfPaired(id, personId, actor, 'asked')
  }

  /** As `revoke`; a device that is not paired is left alone. */
  async revokeIfPaired(
    id: DeviceId,
    personId: PersonId,
    actor: AuditActor,
    reason: RevokeReason,
  ): Promise<void> {
    const { database, clock, audit } = this.#options
    const now = clock.now()
    const isRevoked = await database.transaction().execute(async (transaction) => {
      if (!(await makePairingRepository(transaction).revoke(id, now, reason))) return false
      const about = { actor, subjectId: personId, details: { deviceId: id, reason } }
      await audit.record({ action: 'device.revoked', ...about }, transaction)
      return true
    })
    if (isRevoked) await this.#letGo(id)
  }

  /** Ends every device of somebody who wants no more calls. */
  async revokeAllOf(personId: PersonId, actor: AuditActor): Promise<void> {
    const devices = await this.listOf(personId)
    await runAll(devices, ({ id }) => this.revokeIfPaired(id, personId, actor, 'withdrawn'))
  }

  /**
   * Sees to revocations that another process, such as the command line, has written down, and to those
   * that have failed half-way.
   */
  async sweep(): Promise<void> {
    const { repository, clock } = this.#options
    const from = clock.now() - SWEEP_BACK_MS
    for (const [id, at] of this.#swept) if (at < from) this.#swept.delete(id)
    const revoked = new Set([...this.#due, ...(await repository.listRevokedSince(from))])
    await runAll(revoked, async (id) => {
      if (!this.#swept.has(id)) await this.#letGo(id)
    })
  }

  /** The call first: its end is told through the sockets that are closed next, come what may. */
  async #letGo(id: DeviceId): Promise<void> {
    const { calls, accounts, clock } = this.#options
    this.#due.add(id)
    try {
      await calls.revokeDevice(id)
    } finally {
      await accounts.endSessionsOfDevice(id)
    }
    await runAll(this.#revokeListeners, (listener) => listener(id))
    this.#due.delete(id)
    this.#swept.set(id, clock.now())
  }
}

/** What a proof for this request must name. */
export function toProvenRequest(request: FastifyRequest): ProvenRequest {
  return { method: request.method, path: request.url.split('?', 1)[0] ?? '' }
}
