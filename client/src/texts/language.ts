import { texts as everybody } from './da/everybody.ts'
import { addTexts, currentLanguage, setTexts, type Language, type SomeTexts } from './text.ts'

const STORAGE_KEY = 'naervaer.language'

type Fetch = () => Promise<{ readonly texts: SomeTexts }>

/** What comes with the pages that say it, in the language in use and no other. */
const PARTS = {
  about: { da: () => import('./da/about.ts'), en: () => import('./en/about.ts') },
  account: { da: () => import('./da/account.ts'), en: () => import('./en/account.ts') },
  appointments: {
    da: () => import('./da/appointments.ts'),
    en: () => import('./en/appointments.ts'),
  },
  beside: { da: () => import('./da/beside.ts'), en: () => import('./en/beside.ts') },
  check: { da: () => import('./da/check.ts'), en: () => import('./en/check.ts') },
  citizen: { da: () => import('./da/citizen.ts'), en: () => import('./en/citizen.ts') },
  demo: { da: () => import('./da/demo.ts'), en: () => import('./en/demo.ts') },
  desk: { da: () => import('./da/desk.ts'), en: () => import('./en/desk.ts') },
  devices: { da: () => import('./da/devices.ts'), en: () => import('./en/devices.ts') },
  install: { da: () => import('./da/install.ts'), en: () => import('./en/install.ts') },
  maintenance: {
    da: () => import('./da/maintenance.ts'),
    en: () => import('./en/maintenance.ts'),
  },
  notices: { da: () => import('./da/notices.ts'), en: () => import('./en/notices.ts') },
  errors: { da: () => import('./da/errors.ts'), en: () => import('./en/errors.ts') },
  oversight: { da: () => import('./da/oversight.ts'), en: () => import('./en/oversight.ts') },
  practice: { da: () => import('./da/practice.ts'), en: () => import('./en/practice.ts') },
  planning: { da: () => import('./da/planning.ts'), en: () => import('./en/planning.ts') },
  talk: { da: () => import('./da/talk.ts'), en: () => import('./en/talk.ts') },
  trouble: { da: () => import('./da/trouble.ts'), en: () => import('./en/trouble.ts') },
  week: { da: () => import('./da/week.ts'), en: () => import('./en/week.ts') },
  staff: { da: () => import('./da/staff.ts'), en: () => import('./en/staff.ts') },
} satisfies Record<string, Record<Language, Fetch>>

export type TextPart = keyof typeof PARTS

interface Wishes {
  /** `?lang=` of the address. */
  readonly asked: string | null
  /** What was chosen on this device, or asked for, an earlier time. */
  readonly remembered: string | null
  /** What the browser is set to, the best first. */
  readonly preferred: readonly string[]
}

const isLanguage = (value: string | null): value is Language => value === 'da' || value === 'en'

/**
 * Asked, else remembered, else the first of the browser's that we speak. Many Danes have an English phone:
 * where Danish is among its languages at all it is Danish that is spoken, and so it is where we speak none.
 */
export function chooseLanguage({ asked, remembered, preferred }: Wishes): Language {
  if (isLanguage(asked)) return asked
  if (isLanguage(remembered)) return remembered
  const spoken = preferred.map((tag) => tag.slice(0, 2).toLowerCase())
  return spoken.includes('en') && !spoken.includes('da') ? 'en' : 'da'
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
  const chosen = chooseLanguage({ asked, remembered, preferred: navigator.languages })
  if (isLanguage(asked)) rememberLanguage(asked)
  const english = chosen === 'en' ? await import('./en/everybody.ts').catch(() => null) : null
  if (english === null) setTexts('da', everybody)
  else setTexts('en', english.texts)
  document.documentElement.lang = currentLanguage()
}

/** This device speaks it from the next page on. */
export function rememberLanguage(language: Language): void {
  withStorage((storage) => {
    storage.setItem(STORAGE_KEY, language)
  })
}

/** Resolves when `t` can say these parts; rejects where one could not be fetched. */
export async function loadTexts(...parts: readonly TextPart[]): Promise<void> {
  const fetched = await Promise.all(parts.map((part) => PARTS[part][currentLanguage()]()))
  for (const { texts } of fetched) addTexts(texts)
}
