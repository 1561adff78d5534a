import {
  DEVICE_PROOF_ALGORITHM,
  DEVICE_PROOF_TYPE,
  type DeviceId,
  type DevicePublicKey,
  type Person,
  type UnixMs,
} from '@naervaer/shared'
import { base64url, SignJWT } from 'jose'

const DATABASE = 'naervaer-device'
const STORE = 'keys'

/** A key that a worker has not said yes to yet, with what the page shows meanwhile. */
export interface WaitingKey {
  readonly privateKey: CryptoKey
  readonly publicKey: DevicePublicKey
  readonly digits: string
  readonly worker: string
}

/** The key of a paired device. The browser signs with it and gives it to nobody, not even to us. */
export interface DeviceKey {
  readonly privateKey: CryptoKey
  readonly id: DeviceId
  readonly person: Person
}

interface Records {
  readonly waiting: WaitingKey
  readonly device: DeviceKey
}

/** A new P-256 key whose private half cannot be exported (WebCrypto § 14.3.6, `extractable` false). */
export async function makeKey(): Promise<Pick<WaitingKey, 'privateKey' | 'publicKey'>> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, false, ['sign'])
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey)
  return { privateKey, publicKey: { x, y } }
}

/** What a proof is made for. */
export interface ProofWish {
  readonly method: string
  readonly path: string
  /** By the server's clock, as well as it is known. */
  readonly now: UnixMs
  readonly nonce?: string
}

/** Signs that this device makes this request, now (rule HT23 of docs/protocol.md). */
export function signProof(
  { privateKey, id }: DeviceKey,
  { method, path, now, nonce }: ProofWish,
): Promise<string> {
  const claims = {
    htm: method,
    htu: `${location.origin}${path.split('?', 1)[0] ?? ''}`,
    ...(nonce === undefined ? {} : { nonce }),
  }
  return new SignJWT(claims)
    .setProtectedHeader({ alg: DEVICE_PROOF_ALGORITHM, typ: DEVICE_PROOF_TYPE, kid: id })
    .setIssuer(id)
    .setAudience(location.origin)
    .setIssuedAt(Math.floor(now / 1_000))
    .setJti(base64url.encode(crypto.getRandomValues(new Uint8Array(16))))
    .sign(privateKey)
}

/** What is kept in this browser; null where there is nothing. */
export async function loadKey<Name extends keyof Records>(
  name: Name,
): Promise<Records[Name] | null> {
  const found = await withStore('readonly', (store) => store.get(name))
  // Only `saveKey` writes here.
  return (found as Records[Name] | undefined) ?? null
}

/** Keeps a key over restarts. The browser stores the handle, whose key stays its own. */
export async function saveKey<Name extends keyof Records>(
  name: Name,
  record: Records[Name],
): Promise<void> {
  await withStore('readwrite', (store) => store.put(record, name))
}

/** Forgets a key for good. */
export async function forgetKey(name: keyof Records): Promise<void> {
  await withStore('readwrite', (store) => store.delete(name))
}

async function withStore(
  mode: IDBTransactionMode,
  use: (store: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  const database = await openDatabase()
  try {
    return await settle(use(database.transaction(STORE, mode).objectStore(STORE)))
  } finally {
    database.close()
  }
}

function openDatabase(): Promise<IDBDatabase> {
  const opening = indexedDB.open(DATABASE, 1)
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(STORE))
  return settle(opening)
}

function settle<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('no storage')))
  })
}
