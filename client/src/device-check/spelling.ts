import { currentLanguage, type Language } from '../texts/text.ts'

/** As one spells on the telephone in Denmark, and in English (ICAO Annex 10). */
const WORDS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  da: {
    ...{ A: 'Anna', C: 'Cecilie', D: 'David', E: 'Erik', F: 'Frederik', H: 'Hans', J: 'Johan' },
    ...{ K: 'Karen', M: 'Marie', N: 'Nikolaj', P: 'Peter', R: 'Rasmus', T: 'Theodor' },
    ...{ W: 'William', X: 'Xerxes', Y: 'Yrsa' },
  },
  en: {
    ...{ A: 'Alfa', C: 'Charlie', D: 'Delta', E: 'Echo', F: 'Foxtrot', H: 'Hotel', J: 'Juliett' },
    ...{ K: 'Kilo', M: 'Mike', N: 'November', P: 'Papa', R: 'Romeo', T: 'Tango' },
    ...{ W: 'Whiskey', X: 'X-ray', Y: 'Yankee' },
  },
}

/** How a sign is said so that it cannot be taken for another; null for a digit, which can be said as it is. */
export function spell(sign: string): string | null {
  return WORDS[currentLanguage()][sign] ?? null
}
