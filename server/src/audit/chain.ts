import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { toCanonicalJson, type Canonical } from '@naervaer/shared'
import type { AuditRow } from '../database/schema.ts'

/** What a line says, without what proves it. */
export type UnprovenRow = Omit<AuditRow, 'hash' | 'seal'>

/** The hash before the first line. */
export const FIRST_HASH = Buffer.alloc(32).toString('base64url')

/**
 * The hash of a line and of all before it: SHA-256(former hash ‖ canonical line) (criterion S-28).
 *
 * @param formerHash - of the line before, in base64url
 */
export function hashRow(formerHash: string, row: UnprovenRow): string {
  const { seq, at, action, actor_kind, actor_id, actor_role, subject_id, details } = row
  const line: Canonical = {
    seq,
    at,
    action,
    actor_kind,
    actor_id,
    actor_role,
    subject_id,
    details,
  }
  return createHash('sha256')
    .update(Buffer.from(formerHash, 'base64url'))
    .update(toCanonicalJson(line))
    .digest('base64url')
}

/** Says that the holder of the key wrote this: without it a whole chain could be made anew. */
export function sealHash(key: Buffer, hash: string): string {
  return createHmac('sha256', key).update(hash).digest('base64url')
}

/** Compares in the same time wherever the two differ. */
export function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
