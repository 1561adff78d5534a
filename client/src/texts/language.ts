import { texts as everybody } from './da/everybody.ts'
import { addTexts, currentLanguage, setTexts, type Language, type SomeTexts } from './text.ts'

const STORAGE_KEY = 'naervaer.language'

type Fetch = () => Promise<{ readonly texts: SomeTexts }>

/** What comes with the pages that say it, in the language in use and no other. */
const PARTS = {
  account: { da: () => import('./da/account.ts'), en: () => import('./en/account.ts') },
  beside: { da: () => import('./da/beside.ts'), en: () => import('./en/beside.ts') },
  check: { da: () => import('./da/check.ts'), en: () => import('./en/check.ts') },
  citizen: { da: () => import('./da/citizen.ts'), en: () => import('./en/citizen.ts') },
  demo: { da: () => import('./da/demo.ts'), en: () => import('./en/demo.ts') },
  devices: { da: () => import('./da/devices.ts'), en: () => import('./en/devices.ts') },
  oversight: { da: () => import('./da/oversight.ts'), en: () => import('./en/oversight.ts') },
  talk: { da: () => import('./da/talk.ts'), en: () => import('./en/talk.ts') },
  staff: { da: () => import('./da/staff.ts'), en: () => import('./en/staff.ts') },
} satisfies Record<string, Record<Language, Fetch>>

export type TextPart = keyof typeof PARTS

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

/** Makes the chosen language the page's own, before anything is drawn; Danish where it does not come. */
export async function startLanguage(): Promise<void> {
  const asked = new URLSearchParams(location.search).get('lang')
  const remembered = withStorage((storage) => storage.getItem(STORAGE_KEY))
  const chosen = chooseLanguage({ asked, remembered })
  if (isLanguage(asked)) withStorage((storage) => storage.setItem(STORAGE_KEY, asked))
  const english = chosen === 'en' ? await import('./en/everybody.ts').catch(() => null) : null
  if (english === null) setTexts('da', everybody)
  else setTexts('en', english.texts)
  document.documentElement.lang = currentLanguage()
}

/** Resolves when `t` can say these parts; rejects where one could not be fetched. */
export async function loadTexts(...parts: readonly TextPart[]): Promise<void> {
  const fetched = await Promise.all(parts.map((part) => PARTS[part][currentLanguage()]()))
  for (const { texts } of fetched) addTexts(texts)
}
