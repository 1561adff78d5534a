import type { CallId } from '@naervaer/shared'

const KEY = 'naervaer.call'

/**
 * Which call this very tab takes part in, remembered over a reload but not over the tab's end:
 * another tab of the same person must not take the seat of its own accord.
 */
export const seatMemory = {
  remember(call: CallId): void {
    sessionStorage.setItem(KEY, call)
  },
  isRemembered(call: CallId): boolean {
    return sessionStorage.getItem(KEY) === call
  },
  forget(): void {
    sessionStorage.removeItem(KEY)
  },
}
