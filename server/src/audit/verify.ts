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

/** Goes through all lines in their order, and compares the last with the sealed head. */
export async function verifyChain(repository: AuditRepository, keys: VerifyKeys): Promise<Verdict> {
  const head = findHead((await repository.loadHead()).sealed, keys)
  let last: AuditHead | null = null
  for await (const row of repository.listRows()) {
    const seq: number = (last?.seq ?? 0) + 1
    const flaw = findFlaw(row, seq, last?.hash ?? FIRST_HASH, keys.rowKey)
    if (flaw !== null) return { isWhole: false, badSeq: seq, flaw }
    if (keys.kept?.seq === seq && !isSame(keys.kept.hash, row.hash)) {
      return { isWhole: false, badSeq: seq, flaw: 'changed' }
    }
    last = { seq, hash: row.hash }
  }
  const seq = last?.seq ?? 0
  if (keys.kept !== undefined && keys.kept.seq > seq) {
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
