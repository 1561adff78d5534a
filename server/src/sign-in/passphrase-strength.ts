import { MAX_PASSPHRASE_CHARS, MIN_PASSPHRASE_CHARS } from '@naervaer/shared'

/**
 * What the long ones among leaked passwords are made of, in Danish and English: a short list of our own.
 * Lists of leaked passwords hold next to nothing of fifteen characters or more that is not one of
 * these words several times, with digits, or a walk along the keyboard; so those are looked for
 * instead of carrying a million lines.
 */
const COMMON_WORDS = [
  ...['adgangskode', 'kodeord', 'password', 'passwort', 'passphrase', 'passw0rd', 'pass', 'login'],
  ...['velkommen', 'welcome', 'hemmelig', 'secret', 'letmein', 'sesam', 'admin', 'administrator'],
  ...['root', 'test', 'demo', 'bruger', 'user', 'default', 'changeme', 'skiftmig', 'master'],
  ...['danmark', 'denmark', 'kobenhavn', 'københavn', 'aarhus', 'odense', 'aalborg', 'kommune'],
  ...['bostøtte', 'bostotte', 'nærvær', 'naervaer', 'støtte', 'borger', 'medarbejder', 'video'],
  ...['sommer', 'vinter', 'efterår', 'forår', 'summer', 'winter', 'autumn', 'spring'],
  ...['januar', 'februar', 'marts', 'april', 'juni', 'juli', 'august', 'september', 'oktober'],
  ...['november', 'december', 'mandag', 'tirsdag', 'onsdag', 'torsdag', 'fredag', 'lørdag'],
  ...['søndag', 'monday', 'friday', 'fodbold', 'football', 'liverpool', 'barcelona', 'arsenal'],
  ...['brøndby', 'sunshine', 'princess', 'prinsesse', 'dragon', 'monkey', 'iloveyou', 'superman'],
  ...['batman', 'pokemon', 'starwars', 'minecraft', 'jegelskerdig', 'elskerdig', 'elsker', 'skat'],
  ...['correct', 'horse', 'battery', 'staple', 'trustno', 'computer', 'internet', 'hello', 'hej'],
  ...['qwerty', 'qwertz', 'azerty', 'asdf', 'zxcv', 'abc', 'xyz', 'love', 'mor', 'far'],
]
  // The longest first, so that what stands inside another word does not cut it in two.
  .sort((a, b) => b.length - a.length)

/** Rows of keyboards and what is counted up; walked in either direction. */
const WALKS = [
  'qwertyuiopåasdfghjklæøzxcvbnm',
  'qwertyuiopasdfghjklzxcvbnm',
  'qazwsxedcrfvtgbyhnujmikolp',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  'abcdefghijklmnopqrstuvwxyzæøå',
  '01234567890123456789',
]
const WALK_CHARS = 4
/** What must be left when everything that can be guessed has been taken away. */
const MIN_LEFT_CHARS = 8
const MIN_DISTINCT_CHARS = 6

/** Why a passphrase is refused; null where it will do. */
export type Weakness = 'tooShort' | 'tooLong' | 'common'

/**
 * Judges a passphrase by length, and by what is left without common words, walks, repetition and the
 * person's own name. Digits and signs are welcome and not asked for (NIST SP 800-63B § 3.1.1).
 */
export function findWeakness(passphrase: string, names: readonly string[]): Weakness | null {
  const chars = Array.from(passphrase.normalize('NFKC'))
  if (chars.length < MIN_PASSPHRASE_CHARS) return 'tooShort'
  if (chars.length > MAX_PASSPHRASE_CHARS) return 'tooLong'
  const plain = chars.join('').toLowerCase()
  const own = names.flatMap((name) => name.toLowerCase().split(/[^\p{L}]+/u))
  const words = [...own.filter((word) => word.length > 2), ...COMMON_WORDS]
  const withoutWords = words.reduce((rest, word) => rest.replaceAll(word, ' '), plain)
  const left = takeRepetition(takeWalks(withoutWords)).replace(/[^\p{L}\p{N}]+/gu, '')
  // Digits at the end are what is added to please a rule.
  const told = Array.from(left.replace(/\d+$/, ''))
  const isVaried = new Set(told).size >= MIN_DISTINCT_CHARS
  return told.length >= MIN_LEFT_CHARS && isVaried ? null : 'common'
}

/** Leaves one of everything that stands there twice or more in a row. */
function takeRepetition(text: string): string {
  return text.replace(/(.{1,20}?)\1+/gu, '$1')
}

/** Takes away four or more neighbouring keys, letters or digits, in either direction. */
function takeWalks(text: string): string {
  const lines = WALKS.flatMap((line) => [line, Array.from(line).reverse().join('')])
  let rest = ''
  for (let at = 0; at < text.length;) {
    const lengths = lines.map((line) => countWalk(line, text, at))
    const longest = Math.max(...lengths)
    if (longest < WALK_CHARS) rest += text.charAt(at)
    at += longest < WALK_CHARS ? 1 : longest
  }
  return rest
}

function countWalk(line: string, text: string, at: number): number {
  let length = 0
  while (at + length < text.length && line.includes(text.slice(at, at + length + 1))) length += 1
  return length
}
