import { createHash, createHmac, randomBytes, randomInt } from 'node:crypto'
import type { DevicePublicKey } from '@naervaer/shared'

const CODE_DIGITS = 6
const SECRET_BYTES = 16

/** Six digits, each as likely as any other. */
export function makeCode(): string {
  return String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0')
}

/** 128 random bits in base64url, for a QR code. */
export function makeSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url')
}

/** The two digits by which a worker knows the device in hand from any other. */
export function makeDigits(): string {
  return String(randomInt(100)).padStart(2, '0')
}

/**
 * What is stored of a code, a secret or a claim. Six digits are soon guessed from a plain hash; with
 * a key that is not in the database they are not (criterion W-07).
 */
export function makeKeyedHash(key: Buffer): (purpose: string, value: string) => string {
  return (purpose, value) =>
    createHmac('sha256', key).update(`${purpose}:${value}`).digest('base64url')
}

/** The thumbprint of a P-256 key (RFC 7638 § 3). */
export function makeThumbprint({ x, y }: DevicePublicKey): string {
  const json = JSON.stringify({ crv: 'P-256', kty: 'EC', x, y })
  return createHash('sha256').update(json).digest('base64url')
}
