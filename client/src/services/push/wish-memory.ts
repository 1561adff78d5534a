const STORAGE_KEY = 'naervaer.push'

/** What the citizen said last about notices on this device; null before, and where storage is refused. */
export function readWish(): 'yes' | 'no' | null {
  try {
    const kept = localStorage.getItem(STORAGE_KEY)
    return kept === 'yes' || kept === 'no' ? kept : null
  } catch {
    return null
  }
}

/**
 * Whoever has said no is not asked again from the first screen; for whoever has said yes a subscription that
 * the browser or the push service has lost is made anew. Storage may be refused; then it is asked some day.
 */
export function rememberWish(wish: 'yes' | 'no'): void {
  try {
    localStorage.setItem(STORAGE_KEY, wish)
  } catch {
    // As said above.
  }
}
