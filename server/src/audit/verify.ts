import { setImmediate } from 'node:timers/promises'
import type { AuditRow } from '../database/schema.ts'
import type { AuditHead } from './audit.ts'
import { FIRST_HASH, hashRow, isSame, sealHash } from './chain.ts'
import type { AuditRepository } from './repository.ts'

/** Why a line is not as it was written. */
export type Flaw = 'missing' | 'changed' | 'forged' | 'head'

/**
 * What looking through the log found. `badSeq` is the first line that is wrong: `missing` where
 * there is none, `changed` where it does not follow from those before it, `forged` where whoever
 * wrote it had not the key, `head` where the sealed note of the last line cannot be trusted.
 */
export type Verdict =
  | { readonly isWhole: true; readonly count: number; readonly head: AuditHead | null }
  | { readonly isWhole: false; readonly badSeq: number; readonly flaw: Flaw }

export interface VerifyKeys {
  readonly rowKey: Buffer
  /** @throws where the seal does not open */
  readonly openHead: (sealed: string) => AuditHead
  /** A head that was kept outside, which must be met on the way. */
  readonly kept?: AuditHead
}

/**
 * Goes through all lines in their order, and compares the last with the sealed head. The log may be
 * written on meanwhile: its end is read together with the head. Others have their turn between pages.
 */
export async function verifyChain(repository: AuditRepository, keys: VerifyKeys): Promise<Verdict> {
  let last: AuditHead | null = null
  for (;;) {
    const after: number = last?.seq ?? Number.MIN_SAFE_INTEGER
    let rows = await repository.listAfter(after)
    if (rows.length === 0) {
      const end = await repository.loadEnd(after)
      if (end.rows.length === 0) return findEndVerdict(last, findHead(end.sealed, keys), keys)
      rows = end.rows
    }
    for (const row of rows) {
      const flawed = findFlawed(row, last, keys)
      if (flawed !== null) return flawed
      last = { seq: row.seq, hash: row.hash }
    }
    await setImmediate()
  }
}

function findFlawed(row: AuditRow, last: AuditHead | null, keys: VerifyKeys): Verdict | null {
  const seq = (last?.seq ?? 0) + 1
  const flaw = findFlaw(row, seq, last?.hash ?? FIRST_HASH, keys.rowKey)
  if (flaw !== null) return { isWhole: false, badSeq: seq, flaw }
  const isAsKept = keys.kept?.seq !== seq || isSame(keys.kept.hash, row.hash)
  return isAsKept ? null : { isWhole: false, badSeq: seq, flaw: 'changed' }
}

function findEndVerdict(
  last: AuditHead | null,
  head: AuditHead | null | 'unreadable',
  { kept }: VerifyKeys,
): Verdict {
  const seq = last?.seq ?? 0
  if (kept !== undefined && kept.seq > seq) {
    return { isWhole: false, badSeq: seq + 1, flaw: 'missing' }
  }
  return compareWithHead(last, head)
}

function findHead(sealed: string, { openHead }: VerifyKeys): AuditHead | null | 'unreadable' {
  if (sealed === '') return null
  try {
    return openHead(sealed)
  } catch {
    return 'unreadable'
  }
}

function findFlaw(row: AuditRow, seq: number, formerHash: string, rowKey: Buffer): Flaw | null {
  if (row.seq > seq) return 'missing'
  if (row.seq !== seq || !isSame(row.hash, hashRow(formerHash, row))) return 'changed'
  return isSame(row.seal, sealHash(rowKey, row.hash)) ? null : 'forged'
}

function compareWithHead(last: AuditHead | null, head: AuditHead | null | 'unreadable'): Verdict {
  const seq = last?.seq ?? 0
  if (head === 'unreadable') return { isWhole: false, badSeq: seq, flaw: 'head' }
  if (head !== null && head.seq > seq) return { isWhole: false, badSeq: seq + 1, flaw: 'missing' }
  const isLast = head === null ? last === null : head.seq === seq && head.hash === last?.hash
  return isLast
    ? { isWhole: true, count: seq, head: last }
    : { isWhole: false, badSeq: seq, flaw: 'head' }
}
