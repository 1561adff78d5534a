import { da } from './da.ts'
import { setTexts, type Language } from './text.ts'

const STORAGE_KEY = 'naervaer.language'

interface Wishes {
  /** `?lang=` of the address. */
  readonly asked: string | null
  /** What was asked for an earlier time. */
  readonly remembered: string | null
}

const isLanguage = (value: string | null): value is Language => value === 'da' || value === 'en'

/**
 * Asked, else remembered, else Danish. The browser's own language is not asked: many Danes have an
 * English phone, and somebody who reads a sentence aloud to the help desk should read a Danish one.
 */
export function chooseLanguage({ asked, remembered }: Wishes): Language {
  if (isLanguage(asked)) return asked
  return isLanguage(remembered) ? remembered : 'da'
}

/** Storage may be refused (private windows, policies); the language is then chosen anew each time. */
function withStorage<T>(use: (storage: Storage) => T): T | null {
  try {
    return use(localStorage)
  } catch {
    return null
  }
}

/** Makes the chosen language the page's own, before anything is drawn. */
export async function startLanguage(): Promise<void> {
  const asked = new URLSearchParams(location.search).get('lang')
  const remembered = withStorage((storage) => storage.getItem(STORAGE_KEY))
  const chosen = chooseLanguage({ asked, remembered })
  if (isLanguage(asked)) withStorage((storage) => storage.setItem(STORAGE_KEY, asked))
  setTexts(chosen, chosen === 'en' ? (await import('./en.ts')).en : da)
  document.documentElement.lang = chosen
}
