import { createReadStream, createWriteStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import {
  Decrypter,
  Encrypter,
  generateX25519Identity,
  identityToRecipient,
  Stanza,
} from 'age-encryption'
import { BackupError } from './backup-error.ts'

/** As age writes it: Bech32 of 32 bytes. */
const SECRET_KEY = /^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}$/m

/** Our own line in age's header, which every other program overlooks. The header is sealed as a whole. */
const STANZA = 'naervaer-backup-1'
const MAX_HEADER_BYTES = 4_096
/** age's STREAM: a nonce, then pieces of 64 KiB with 16 bytes of proof each. */
const NONCE_BYTES = 16
const PIECE_BYTES = 65_536
const PROOF_BYTES = 16

/** What can be read of a backup without its key. */
export interface BackupHeader {
  readonly createdAt: number
  /** Of the whole file, as it was made. */
  readonly fileBytes: number
}

/** A pair of keys: the public one goes to the server, the secret one away from it. */
export async function makeKeys(): Promise<{ publicKey: string; secretKey: string }> {
  const secretKey = await generateX25519Identity()
  return { secretKey, publicKey: await identityToRecipient(secretKey) }
}

/** @throws BackupError BACKUP_KEY_UNREADABLE where the text has no line that is a secret key */
export function findSecretKey(text: string): string {
  const [key] = SECRET_KEY.exec(text) ?? []
  if (key === undefined) throw new BackupError('BACKUP_KEY_UNREADABLE')
  return key
}

/** Encrypts a file to a public key (age-encryption.org/v1), with its own length in the header. */
export async function encryptFile(
  source: string,
  target: string,
  { publicKey, createdAt }: { readonly publicKey: string; readonly createdAt: number },
): Promise<void> {
  const { size } = await stat(source)
  const encrypter = new Encrypter()
  encrypter.addRecipient({
    wrapFileKey: () => [new Stanza([STANZA, String(createdAt), String(size)], new Uint8Array())],
  })
  encrypter.addRecipient(publicKey)
  // Node's stream of bytes is the browsers' one, whose types are written down twice.
  const plain = Readable.toWeb(createReadStream(source)) as unknown as ReadableStream<Uint8Array>
  const sealed = await encrypter.encrypt(plain)
  const out = createWriteStream(target, { flags: 'wx', mode: 0o600, flush: true })
  await pipeline(Readable.fromWeb(sealed as unknown as NodeStream), out)
}

/**
 * Reads what a backup says of itself without its key.
 *
 * @throws BackupError BACKUP_UNREADABLE where it is none
 */
export async function readHeader(path: string): Promise<BackupHeader> {
  const text = (await readBeginning(path)).toString('latin1')
  const end = /\n--- [A-Za-z0-9+/]{43}\n/.exec(text)
  const pattern = new RegExp(`^-> ${STANZA} ([0-9]{1,15}) ([0-9]{1,15})$`, 'm')
  const [, createdAt, size] = pattern.exec(text.slice(0, end?.index ?? 0)) ?? []
  if (!text.startsWith('age-encryption.org/v1\n') || end === null || size === undefined) {
    throw new BackupError('BACKUP_UNREADABLE', { about: path })
  }
  const pieces = Math.max(1, Math.ceil(Number(size) / PIECE_BYTES))
  const headerBytes = end.index + end[0].length
  return {
    createdAt: Number(createdAt),
    fileBytes: headerBytes + NONCE_BYTES + Number(size) + pieces * PROOF_BYTES,
  }
}

async function readBeginning(path: string): Promise<Buffer> {
  try {
    const file = await open(path, 'r')
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_HEADER_BYTES), 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (cause) {
    throw new BackupError('BACKUP_UNREADABLE', { cause, about: path })
  }
}

/**
 * The content of a backup, as a stream that fails where it is not as it was made.
 *
 * @throws BackupError where the file is none, is cut, or does not open with this key
 */
export async function decryptFile(path: string, secretKey: string): Promise<Readable> {
  const { fileBytes } = await readHeader(path)
  const { size } = await stat(path)
  if (size < fileBytes) throw new BackupError('BACKUP_CUT')
  if (size > fileBytes) throw new BackupError('BACKUP_DAMAGED')
  const decrypter = new Decrypter()
  decrypter.addIdentity(secretKey)
  const source = createReadStream(path)
  try {
    const sealed = Readable.toWeb(source) as unknown as ReadableStream<Uint8Array>
    return Readable.fromWeb(await decrypter.decrypt(sealed))
  } catch (cause) {
    source.destroy()
    const isOther = cause instanceof Error && cause.message.startsWith('no identity matched')
    throw new BackupError(isOther ? 'BACKUP_KEY_WRONG' : 'BACKUP_DAMAGED', { cause })
  }
}
