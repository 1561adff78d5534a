const STORAGE_KEY = 'naervaer.push'

/** Whether somebody has said no on this device: who has said it is not asked again from the first screen. */
export function hasRefused(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) === 'no'
  } catch {
    return false
  }
}

/** Storage may be refused; then it is asked again some day, by a line that can be passed over. */
export function rememberRefusal(isRefused: boolean): void {
  try {
    if (isRefused) localStorage.setItem(STORAGE_KEY, 'no')
    else localStorage.removeItem(STORAGE_KEY)
  } catch {
    // As said above.
  }
}
