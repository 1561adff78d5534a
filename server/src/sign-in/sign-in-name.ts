const SPELLING: Readonly<Record<string, string>> = { æ: 'ae', ø: 'oe', å: 'aa', ß: 'ss' }
const MAX_CHARS = 50

/** What somebody types to sign in with a passphrase: "Mette Sørensen" is `mette.soerensen`. */
export function toSignInName(name: string): string {
  const letters = name
    .toLowerCase()
    .replace(/[æøåß]/g, (letter) => SPELLING[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
  const words = letters.split(/[^a-z0-9]+/).filter((word) => word !== '')
  return words.join('.').slice(0, MAX_CHARS).replace(/\.$/, '') || 'medarbejder'
}

/** The first of `anna`, `anna2`, `anna3` … that is free. */
export async function findFreeName(
  name: string,
  isTaken: (candidate: string) => Promise<boolean>,
): Promise<string> {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name}${number}`
    if (!(await isTaken(candidate))) return candidate
  }
}
