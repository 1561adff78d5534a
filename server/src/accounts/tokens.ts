import { createHash, randomBytes } from 'node:crypto'

const TOKEN_BYTES = 32

/** Exactly what `makeToken` gives; anything else is not worth a look-up. */
export const TOKEN_PATTERN = /^[A-Za-z0-9_-]{43}$/

/** 256 random bits in base64url. */
export function makeToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url')
}

/** What is stored of a token: of 256 random bits a plain sha-256 gives nothing away. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
