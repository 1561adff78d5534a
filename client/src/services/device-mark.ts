const STORAGE_KEY = 'naervaer.device'

/** Whether this browser is a paired device, was one and has lost that, or never was. */
export type DeviceMark = 'paired' | 'lost' | null

/** Known without waiting, so that only paired devices fetch what proves them. */
export function readMark(): DeviceMark {
  try {
    const mark = localStorage.getItem(STORAGE_KEY)
    return mark === 'paired' || mark === 'lost' ? mark : null
  } catch {
    return null
  }
}

/** Storage may be refused; the key itself is then looked for when nobody is signed in. */
export function writeMark(mark: 'paired' | 'lost'): void {
  try {
    localStorage.setItem(STORAGE_KEY, mark)
  } catch {
    // As said above.
  }
}
