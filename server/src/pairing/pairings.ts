import { importJWK } from 'jose'
import {
  DEVICE_PROOF_ALGORITHM,
  NaervaerError,
  type AuditActor,
  type DeviceId,
  type DevicePublicKey,
  type DurationMs,
  type NewPairing,
  type PairingClaim,
  type PairingClaimReply,
  type PairingId,
  type PairingStatus,
  type PairingView,
  type PersonId,
} from '@naervaer/shared'
import type { Accounts } from '../accounts/service.ts'
import type { Session } from '../accounts/session.ts'
import { hashToken, makeToken, TOKEN_PATTERN } from '../accounts/tokens.ts'
import type { Audit } from '../audit/audit.ts'
import type { Choices } from '../choice/service.ts'
import type { Database } from '../database/open.ts'
import type { PairingRow } from '../database/schema.ts'
import { findViolatedColumn } from '../database/unique-violation.ts'
import { newId } from '../new-id.ts'
import type { Clock } from '../plugins/clock.ts'
import type { PresenceHub } from '../presence/hub.ts'
import { makeCode, makeDigits, makeSecret, makeThumbprint } from './codes.ts'
import type { Devices } from './devices.ts'
import { drawQr } from './qr.ts'
import { makePairingRepository, type PairingRepository } from './repository.ts'
import type { Throttle } from './throttle.ts'

export const CODE_LIFE_MS: DurationMs = 10 * 60_000

/** How long a code is remembered as one that was, to be told from one that never was. */
export const KEPT_MS: DurationMs = 60 * 60_000

export interface PairingsOptions {
  readonly clock: Clock
  readonly database: Database
  readonly accounts: Accounts
  readonly audit: Audit
  readonly choice: Pick<Choices, 'requirePairable'>
  readonly presence: PresenceHub
  readonly devices: Devices
  readonly repository: PairingRepository
  readonly throttle: Throttle
  /** See `makeKeyedHash`. */
  readonly hash: (purpose: string, value: string) => string
  /** What a QR code leads to, without its fragment. */
  readonly startUrl: string
}

/** From a worker's code to a device that is the citizen's: nothing is valid before the worker's yes. */
export class Pairings {
  readonly #options: PairingsOptions

  constructor(options: PairingsOptions) {
    this.#options = options
  }

  /**
   * A code and a link for a citizen's device. A substitute only disconnects devices.
   *
   * @throws NaervaerError PERSON_NOT_FOUND for whoever is not the worker's own citizen now,
   *   SUBSTITUTE_REFUSED, CHOICE_WITHDRAWN, CHOICE_NOT_GIVEN after a no, DEVICE_NOT_FOUND where
   *   `replaces` is none of the citizen's
   */
  async begin(
    session: Session,
    citizenId: PersonId,
    replaces: DeviceId | null,
  ): Promise<NewPairing> {
    const { clock, repository, startUrl, devices } = this.#options
    await this.#requirePrimary(session, citizenId)
    if (replaces !== null) await devices.checkOwner(replaces, citizenId)
    await repository.deleteOld(clock.now() - KEPT_MS)
    const { row, code, secret } = await this.#add(session, citizenId, replaces)
    const link = `${startUrl}#${secret}`
    return { id: row.id, code, link, qr: drawQr(link), expiresAt: row.expires_at }
  }

  /** @throws NaervaerError PAIRING_NOT_FOUND for one of another dialog */
  async getView(session: Session, id: PairingId): Promise<PairingView> {
    const { state, digits, kind, expires_at } = await this.#findOwn(session, id)
    const isAlive = expires_at > this.#options.clock.now()
    if (isAlive && state === 'open') return { state, claim: null }
    const isAsked = isAlive && state === 'claimed' && digits !== null && kind !== null
    return isAsked ? { state, claim: { digits, kind } } : { state: 'over', claim: null }
  }

  /** Ends a code: its dialog was closed. Nothing happens to one that has been answered. */
  async close(session: Session, id: PairingId): Promise<void> {
    await this.#findOwn(session, id)
    await this.#options.repository.end(id, 'closed')
  }

  /**
   * A device uses a code, or the secret of a link. It is taken once, whatever comes at the same time.
   *
   * @returns what the device shows, and the token with which it waits
   * @throws NaervaerError PAIRING_WRONG, PAIRING_EXPIRED, PAIRING_LOCKED (`CodesLocked`), BODY_INVALID
   *   for a key that is none
   */
  async claim(address: string, wish: PairingClaim): Promise<PairingClaimReply & { token: string }> {
    await checkKey(wish.key)
    if (!('code' in wish.proof)) return this.#use(wish)
    // Counted before anything is waited for: see Throttle.
    const settle = this.#options.throttle.begin(address)
    try {
      const used = await this.#use(wish)
      settle(true)
      return used
    } catch (error) {
      settle(false)
      throw error
    }
  }

  async #use({ proof, key, kind }: PairingClaim): Promise<PairingClaimReply & { token: string }> {
    const { repository, accounts, clock } = this.#options
    const row = await this.#findBySecret(proof)
    const isGood = row.state === 'open' && row.expires_at > clock.now()
    if (!isGood || !(await accounts.isSessionAlive(row.session_id))) {
      throw new NaervaerError('PAIRING_EXPIRED')
    }
    if (await repository.hasThumbprint(makeThumbprint(key))) throw new NaervaerError('BODY_INVALID')
    const token = makeToken()
    const digits = makeDigits()
    const claim = { claimHash: hashToken(token), digits, key, kind }
    if (!(await repository.claim(row.id, claim, clock.now()))) {
      throw new NaervaerError('PAIRING_EXPIRED')
    }
    this.#tellWorker({ ...row, digits, kind })
    return { digits, worker: await this.#loadName(row.worker_id), token }
  }

  /** What the worker has answered, for the device that waits. */
  async getStatus(token: string | undefined): Promise<PairingStatus> {
    const { repository, clock } = this.#options
    if (token === undefined || !TOKEN_PATTERN.test(token)) return { state: 'over', device: null }
    const row = await repository.findBy('claim_hash', hashToken(token))
    if (row?.state === 'claimed' && row.expires_at > clock.now()) {
      return { state: 'waiting', device: null }
    }
    if (row?.state !== 'confirmed' || row.device_id === null) return { state: 'over', device: null }
    const person = { id: row.citizen_id, name: await this.#loadName(row.citizen_id) }
    return { state: 'confirmed', device: { id: row.device_id, person } }
  }

  /**
   * The worker has compared the digits.
   *
   * @returns the device that is now the citizen's; null after a no
   * @throws NaervaerError PAIRING_NOT_FOUND, PAIRING_EXPIRED, PERSON_NOT_FOUND, SUBSTITUTE_REFUSED,
   *   CHOICE_WITHDRAWN, CHOICE_NOT_GIVEN after a no
   */
  async answer(session: Session, id: PairingId, isRight: boolean): Promise<DeviceId | null> {
    const { database, audit } = this.#options
    const row = await this.#findOwn(session, id)
    await this.#requirePrimary(session, row.citizen_id)
    if (isRight) return this.#confirm(session, row)
    await database.transaction().execute(async (transaction) => {
      if (!(await makePairingRepository(transaction).end(id, 'refused'))) {
        throw new NaervaerError('PAIRING_EXPIRED')
      }
      const about = { actor: toActor(session), subjectId: row.citizen_id }
      await audit.record({ action: 'pairing.refused', ...about }, transaction)
    })
    return null
  }

  /** The citizen wants no more calls: no code leads to a device any more. */
  closeAllOf(citizenId: PersonId): Promise<void> {
    return this.#options.repository.closeOpen(citizenId)
  }

  async #confirm(session: Session, row: PairingRow): Promise<DeviceId> {
    const { database, audit, choice, clock, devices } = this.#options
    const { x, y, kind } = row
    if (x === null || y === null || kind === null) throw new NaervaerError('PAIRING_EXPIRED')
    const pairing = { ...row, x, y, kind }
    // Until the device signs in, in a browser that we do not know yet.
    const browserHash = hashToken(makeToken())
    const made = { pairing, browserHash, thumbprint: makeThumbprint({ x, y }) }
    const actor = toActor(session)
    const subjectId = row.citizen_id
    const deviceId = await database.transaction().execute(async (transaction) => {
      await choice.requirePairable(subjectId, transaction)
      const id = await makePairingRepository(transaction).confirm(made, clock.now())
      if (id === null) throw new NaervaerError('PAIRING_EXPIRED')
      const details = { deviceId: id, kind }
      await audit.record({ action: 'device.paired', actor, subjectId, details }, transaction)
      return id
    })
    if (row.replaces_device_id !== null) {
      await devices.revokeIfPaired(row.replaces_device_id, subjectId, actor, 'replaced')
    }
    return deviceId
  }

  async #add(session: Session, citizenId: PersonId, replaces: DeviceId | null) {
    const { clock, hash } = this.#options
    const now = clock.now()
    for (;;) {
      const [code, secret] = [makeCode(), makeSecret()]
      const row: PairingRow = {
        id: newId<PairingId>(),
        citizen_id: citizenId,
        worker_id: session.person.id,
        session_id: session.id,
        replaces_device_id: replaces,
        code_hash: hash('code', code),
        secret_hash: hash('secret', secret),
        state: 'open',
        created_at: now,
        expires_at: now + CODE_LIFE_MS,
        claim_hash: null,
        digits: null,
        x: null,
        y: null,
        kind: null,
        device_id: null,
      }
      try {
        await this.#write(session, row)
        return { row, code, secret }
      } catch (error) {
        // Six digits that somebody else has just now: drawn again.
        if (findViolatedColumn(error) !== 'pairings.code_hash') throw error
      }
    }
  }

  /** Asked inside the transaction, so that no stop comes between the question and the code. */
  #write(session: Session, row: PairingRow): Promise<void> {
    const { database, choice, audit } = this.#options
    return database.transaction().execute(async (transaction) => {
      const { worker_id, citizen_id: subjectId } = row
      await choice.requirePairable(subjectId, transaction)
      const repository = makePairingRepository(transaction)
      await repository.closeOpen(subjectId, worker_id)
      await repository.addPairing(row)
      const actor = toActor(session)
      await audit.record({ action: 'pairing.begun', actor, subjectId }, transaction)
    })
  }

  async #findBySecret(proof: PairingClaim['proof']): Promise<PairingRow> {
    const { repository, hash } = this.#options
    const row =
      'code' in proof
        ? await repository.findBy('code_hash', hash('code', proof.code))
        : await repository.findBy('secret_hash', hash('secret', proof.secret))
    if (row === null) throw new NaervaerError('PAIRING_WRONG')
    return row
  }

  async #findOwn(session: Session, id: PairingId): Promise<PairingRow> {
    const row = await this.#options.repository.findPairing(id)
    if (row?.session_id !== session.id) throw new NaervaerError('PAIRING_NOT_FOUND')
    return row
  }

  #requirePrimary({ person }: Session, citizenId: PersonId): Promise<void> {
    const { accounts, clock } = this.#options
    return accounts.assignments.requirePrimary(person.id, citizenId, clock.now())
  }

  #tellWorker({ id, worker_id, session_id, digits, kind }: PairingRow): void {
    if (digits === null || kind === null) return
    for (const connection of this.#options.presence.listConnections(worker_id)) {
      if (connection.sessionId !== session_id) continue
      connection.send({ type: 'pairing.claimed', pairing: id, digits, kind })
    }
  }

  async #loadName(id: PersonId): Promise<string> {
    const people = await this.#options.accounts.loadPeople([id])
    const person = people.get(id)
    if (person === undefined) throw new NaervaerError('PERSON_NOT_FOUND')
    return person.name
  }
}

/** Workers are the only ones who pair. */
function toActor(session: Session): AuditActor {
  return { kind: 'person', id: session.person.id, role: 'worker' }
}

/** A point that is not on the curve is no key (RFC 7517 leaves that to whoever reads it). */
async function checkKey(key: DevicePublicKey): Promise<void> {
  try {
    await importJWK({ kty: 'EC', crv: 'P-256', ...key }, DEVICE_PROOF_ALGORITHM)
  } catch (cause) {
    throw new NaervaerError('BODY_INVALID', { cause })
  }
}
