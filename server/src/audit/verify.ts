import { setImmediate } from 'node:timers/promises'
import type { AuditRow } from '../database/schema.ts'
import type { AuditHead } from './audit.ts'
import { FIRST_HASH, hashRow, isSame, sealHash } from './chain.ts'
import type { AuditRepository } from './repository.ts'

/** Why a line is not as it was written. */
export type Flaw = 'missing' | 'changed' | 'forged' | 'head' | 'anchor'

/**
 * What looking through the log found. `badSeq` is the first line that is wrong: `missing` where
 * there is none, `changed` where it does not follow from those before it, `forged` where whoever
 * wrote it had not the key, `head` where the sealed note of the last line cannot be trusted, `anchor` where that
 * of the last line that was removed for its age cannot.
 */
export type Verdict =
  | {
      readonly isWhole: true
      /** Lines that are there. */
      readonly count: number
      readonly head: AuditHead | null
      /** The head from outside is of a line that has been removed for its age: it could not be compared. */
      readonly isKeptGone?: true
    }
  | { readonly isWhole: false; readonly badSeq: number; readonly flaw: Flaw }

export interface VerifyKeys {
  readonly rowKey: Buffer
  /** @throws where the seal does not open */
  readonly openHead: (sealed: string) => AuditHead
  /** @throws where the seal does not open */
  readonly openAnchor: (sealed: string) => AuditHead
  /** A head that was kept outside, which must be met on the way. */
  readonly kept?: AuditHead
}

/**
 * Goes through all lines in their order, and compares the last with the sealed head. The log may be
 * written on meanwhile: its end is read together with the head. Others have their turn between pages.
 */
export async function verifyChain(repository: AuditRepository, keys: VerifyKeys): Promise<Verdict> {
  for (;;) {
    const note = await repository.loadAnchor()
    const verdict = await verifyFrom(repository, note, keys)
    // Where old lines were removed meanwhile, what was missing is not.
    const isSettled = verdict.isWhole || (await repository.loadAnchor()).sealed === note.sealed
    if (isSettled) return verdict
  }
}

async function verifyFrom(
  repository: AuditRepository,
  note: { readonly seq: number; readonly sealed: string },
  keys: VerifyKeys,
): Promise<Verdict> {
  const anchor = findHead(note.sealed, keys.openAnchor)
  if (anchor === 'unreadable' || note.seq !== (anchor?.seq ?? 0)) {
    return { isWhole: false, badSeq: 1, flaw: 'anchor' }
  }
  const { kept } = keys
  if (kept !== undefined && kept.seq === anchor?.seq && !isSame(kept.hash, anchor.hash)) {
    return { isWhole: false, badSeq: kept.seq, flaw: 'changed' }
  }
  const verdict = await followChain(repository, anchor, keys)
  if (!verdict.isWhole) return verdict
  const count = verdict.count - (anchor?.seq ?? 0)
  const isKeptGone = kept !== undefined && kept.seq < (anchor?.seq ?? 0)
  return { ...verdict, count, ...(isKeptGone ? { isKeptGone } : {}) }
}

/** @param anchor - the line before the first; null where that is the first of all */
async function followChain(
  repository: AuditRepository,
  anchor: AuditHead | null,
  keys: VerifyKeys,
): Promise<Verdict> {
  let last = anchor
  // Also what is numbered as if it had been removed.
  let after: number = Number.MIN_SAFE_INTEGER
  for (;;) {
    let rows = await repository.listAfter(after)
    if (rows.length === 0) {
      const end = await repository.loadEnd(after)
      if (end.rows.length === 0) {
        return findEndVerdict(last, findHead(end.sealed, keys.openHead), keys)
      }
      rows = end.rows
    }
    for (const row of rows) {
      const flawed = findFlawed(row, last, keys)
      if (flawed !== null) return flawed
      last = { seq: row.seq, hash: row.hash }
      after = row.seq
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

function findHead(
  sealed: string,
  openHead: (sealed: string) => AuditHead,
): AuditHead | null | 'unreadable' {
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
