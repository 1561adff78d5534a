import type { CallId } from '@naervaer/shared'

const KEY = 'naervaer.talk'

/** What a person has asked for in a talk that must hold over a reload of the page. */
export interface TalkWishes {
  readonly isPaused: boolean
  readonly isNotAlone: boolean
  /**
   * Whether the camera is to be on: the wish, not what has become of it. Null where this tab has heard
   * of none.
   */
  readonly withCamera: boolean | null
  /** The same of the microphone. */
  readonly withMicrophone: boolean | null
}

const NONE: TalkWishes = {
  isPaused: false,
  isNotAlone: false,
  withCamera: null,
  withMicrophone: null,
}

/**
 * Remembers in this tab (session storage), for one call: whoever is in a pause, or not alone, or has
 * turned off the microphone, is and has so after a reload as well.
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
        isNotAlone: found.isNotAlone === true,
        withCamera: toWish(found.withCamera),
        withMicrophone: toWish(found.withMicrophone),
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

const toWish = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null)
