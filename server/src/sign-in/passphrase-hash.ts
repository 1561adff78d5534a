import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** 19 MiB, two passes, one lane: OWASP's recommendation for argon2id (RFC 9106). */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const
const TAG_BYTES = 32
const SALT_BYTES = 16
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

const derive = promisify(argon2)

/** One spelling for what looks the same, whatever keyboard it came from (RFC 8265 § 4.2). */
function normalise(passphrase: string): string {
  return passphrase.normalize('NFKC')
}

const toText = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '')

/** argon2id in the PHC string format, with a salt of its own. */
export async function hashPassphrase(passphrase: string): Promise<string> {
  const nonce = randomBytes(SALT_BYTES)
  const message = normalise(passphrase)
  const tag = await derive('argon2id', { message, nonce, tagLength: TAG_BYTES, ...COST })
  const { memory, passes, parallelism } = COST
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${toText(nonce)}$${toText(tag)}`
}

/** For accounts that do not exist: no passphrase fits it, and it takes as long to find out. */
export const NOBODYS_HASH = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${toText(randomBytes(SALT_BYTES))}$${toText(randomBytes(TAG_BYTES))}`

/** Compares in constant time. A hash that cannot be read fits nothing. */
export async function isPassphraseOf(hash: string, passphrase: string): Promise<boolean> {
  const [, memory, passes, parallelism, salt = '', tag = ''] = PHC.exec(hash) ?? []
  if (tag === '') return false
  const expected = Buffer.from(tag, 'base64')
  const found = await derive('argon2id', {
    message: normalise(passphrase),
    nonce: Buffer.from(salt, 'base64'),
    tagLength: expected.length,
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  })
  return timingSafeEqual(found, expected)
}
