const STORAGE_KEY = 'naervaer.device'

/** Why this browser is no paired device any more: its key is gone, after a stop, or it was removed. */
export type FormerMark = 'lost' | 'stopped' | 'removed'

/** Whether this browser is a paired device, was one, or never was. */
export type DeviceMark = 'paired' | FormerMark | null

const MARKS: readonly string[] = ['paired', 'lost', 'stopped', 'removed'] satisfies DeviceMark[]

/** Known without waiting, so that only paired devices fetch what proves them. */
export function readMark(): DeviceMark {
  try {
    const mark = localStorage.getItem(STORAGE_KEY)
    return isMark(mark) ? mark : null
  } catch {
    return null
  }
}

/** Storage may be refused; the key itself is then looked for when nobody is signed in. */
export function writeMark(mark: 'paired' | FormerMark): void {
  try {
    localStorage.setItem(STORAGE_KEY, mark)
  } catch {
    // As said above.
  }
}

function isMark(value: string | null): value is DeviceMark {
  return value !== null && MARKS.includes(value)
}
