import type { AuditHead } from './audit.ts'
import { isSame, sealHash } from './chain.ts'

/** A head as it was kept outside; one without a seal is taken for what it says. */
export interface KeptHead extends AuditHead {
  readonly seal: string | null
}

/** `<number>:<hash>`, and `:<seal>` where it was sealed. */
const HEAD = /^([1-9][0-9]{0,15}):([A-Za-z0-9_-]{43})(?::([A-Za-z0-9_-]{43}))?$/

const toSealed = ({ seq, hash }: AuditHead) => `${seq}:${hash}`

/**
 * A head in one word, for keeping outside. The seal says that this installation wrote it.
 *
 * @param key - of the purpose of heads alone
 */
export function toHeadText(head: AuditHead, key: Buffer): string {
  return `${toSealed(head)}:${sealHash(key, toSealed(head))}`
}

/** @returns null where it is no head at all */
export function parseHeadText(text: string): KeptHead | null {
  const [, seq, hash, seal = null] = HEAD.exec(text) ?? []
  return seq === undefined || hash === undefined ? null : { seq: Number(seq), hash, seal }
}

/** Whether nobody has changed it since it was written; one without a seal cannot tell. */
export function isHeadGenuine(head: KeptHead, key: Buffer): boolean {
  return head.seal === null || isSame(head.seal, sealHash(key, toSealed(head)))
}
