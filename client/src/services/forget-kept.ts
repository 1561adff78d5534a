/** Where it lies what is kept for when the server cannot be reached: see `kept.ts`. */
export const KEPT_KEY = 'naervaer.kept'

/** Nobody is signed in here any more. Apart, since every first screen may have to. */
export function forgetKept(): void {
  try {
    localStorage.removeItem(KEPT_KEY)
  } catch {
    // Where storage is refused nothing was kept.
  }
}
