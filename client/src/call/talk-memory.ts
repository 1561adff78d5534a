import type { CallId } from '@naervaer/shared'

const KEY = 'naervaer.talk'

/** What a person has asked for in a talk that must hold over a reload of the page. */
export interface TalkWishes {
  readonly isPaused: boolean
  /** Whether the camera is to come back after the pause. */
  readonly withCamera: boolean
  readonly isNotAlone: boolean
}

const NONE: TalkWishes = { isPaused: false, withCamera: false, isNotAlone: false }

/**
 * Remembers in this tab (session storage), for one call: whoever is in a pause, or not alone, is so
 * after a reload as well.
 */
export const talkMemory = {
  read(call: CallId): TalkWishes {
    try {
      const value: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
      if (typeof value !== 'object' || value === null) return NONE
      const found = value as Partial<Record<keyof TalkWishes | 'call', unknown>>
      if (found.call !== call) return NONE
      return {
        isPaused: found.isPaused === true,
        withCamera: found.withCamera === true,
        isNotAlone: found.isNotAlone === true,
      }
    } catch {
      return NONE
    }
  },
  write(call: CallId, change: Partial<TalkWishes>): void {
    const wishes = { ...talkMemory.read(call), ...change }
    sessionStorage.setItem(KEY, JSON.stringify({ call, ...wishes }))
  },
  forget(): void {
    sessionStorage.removeItem(KEY)
  },
}
