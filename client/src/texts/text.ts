import type { texts as about } from './da/about.ts'
import type { texts as account } from './da/account.ts'
import type { texts as appointments } from './da/appointments.ts'
import type { texts as beside } from './da/beside.ts'
import type { texts as check } from './da/check.ts'
import type { texts as citizen } from './da/citizen.ts'
import type { texts as demo } from './da/demo.ts'
import type { texts as desk } from './da/desk.ts'
import type { texts as devices } from './da/devices.ts'
import type { texts as errors } from './da/errors.ts'
import { texts as everybody } from './da/everybody.ts'
import type { texts as install } from './da/install.ts'
import type { texts as maintenance } from './da/maintenance.ts'
import type { texts as notices } from './da/notices.ts'
import type { texts as oversight } from './da/oversight.ts'
import type { texts as practice } from './da/practice.ts'
import type { texts as planning } from './da/planning.ts'
import type { texts as staff } from './da/staff.ts'
import type { texts as talk } from './da/talk.ts'
import type { texts as trouble } from './da/trouble.ts'
import type { texts as week } from './da/week.ts'
import { danishGenitive, englishGenitive } from './genitive.ts'

/** Every sentence there is, of whatever part; Danish is the original, and names the gaps. */
type Danish = typeof about &
  typeof account &
  typeof appointments &
  typeof beside &
  typeof check &
  typeof citizen &
  typeof demo &
  typeof desk &
  typeof devices &
  typeof errors &
  typeof everybody &
  typeof install &
  typeof notices &
  typeof oversight &
  typeof planning &
  typeof maintenance &
  typeof practice &
  typeof staff &
  typeof talk &
  typeof trouble &
  typeof week
export type TextKey = keyof Danish
export type Language = 'da' | 'en'
/** What each language calls itself: the same words whatever is spoken. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { da: 'Dansk', en: 'English' }
/** The keys of one Danish part in another language: the compiler asks for each. */
export type Sentences<Part> = Readonly<Record<keyof Part, string>>
export type SomeTexts = Readonly<Partial<Record<TextKey, string>>>

/** The names of the gaps in a sentence: `{name}` and `{name:s}` are one gap, `name`. */
type Gap<S extends string> = S extends `${string}{${infer Inside}}${infer Rest}`
  ? (Inside extends `${infer Name}:s` ? Name : Inside) | Gap<Rest>
  : never
type GapsOf<K extends TextKey> = Gap<Danish[K]>
type Values<K extends TextKey> = Readonly<Record<GapsOf<K>, string>>

const GAP = /\{(\w+)(:s)?\}/g

let texts: SomeTexts = everybody
let language: Language = 'da'

/** Fills the gaps of a sentence; a gap without a value stays as it is, so that it is seen. */
export function fillGaps(
  sentence: string,
  values: Readonly<Record<string, string>>,
  genitive: (name: string) => string,
): string {
  return sentence.replace(GAP, (gap, name: string, suffix: string | undefined) => {
    const value = values[name]
    if (value === undefined) return gap
    return suffix === undefined ? value : genitive(value)
  })
}

/** The sentence for a key in the chosen language, with its gaps filled; the compiler asks for each. */
export function t<K extends TextKey>(
  key: K,
  ...[values]: [GapsOf<K>] extends [never] ? [] : [values: Values<K>]
): string {
  const genitive = language === 'da' ? danishGenitive : englishGenitive
  // A part is there before what speaks with it is drawn, which a test holds us to; a key is no blank.
  return fillGaps(texts[key] ?? key, values ?? {}, genitive)
}

/** Every later `t()` speaks this language; what is on the screen already is not redrawn. */
export function setTexts(next: Language, sentences: SomeTexts): void {
  language = next
  texts = sentences
}

/** More sentences in the language of those that are there. */
export function addTexts(sentences: SomeTexts): void {
  texts = { ...texts, ...sentences }
}

/** For what depends on the language and is no sentence of ours: voices, and texts with versions. */
export function currentLanguage(): Language {
  return language
}

/** What people are called by: the first of their names. */
export function firstName(name: string): string {
  return name.split(' ', 1)[0] ?? name
}

/** "Mette", "Mette eller Ole". */
export function anyOf(names: readonly string[]): string {
  const [first = '', ...others] = names
  return others.reduce((before, last) => t('app.or', { first: before, last }), first)
}

/** A day as it is said: "3. december" (English "3 December"), by the clock of Copenhagen. */
export function dayAndMonth(at: number): string {
  return new Intl.DateTimeFormat(language === 'da' ? 'da-DK' : 'en-GB', {
    day: 'numeric',
    month: 'long',
    timeZone: 'Europe/Copenhagen',
  }).format(at)
}

/** A clock time as it is said in Denmark: "10.00" (English "10:00"), whatever the device's own zone is. */
export function clockTime(at: number): string {
  return new Intl.DateTimeFormat(language === 'da' ? 'da-DK' : 'en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'Europe/Copenhagen',
  }).format(at)
}

/** Whether a moment lies on the day that it is in Denmark now. */
export function isToday(at: number): boolean {
  return dayAndMonth(at) === dayAndMonth(Date.now())
}

/** A day as it is written in Denmark: "26. nov. 2026" (English "26 Nov 2026"). */
export function shortDate(at: number): string {
  return new Intl.DateTimeFormat(language === 'da' ? 'da-DK' : 'en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'Europe/Copenhagen',
  }).format(at)
}
