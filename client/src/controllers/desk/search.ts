/** Letters that Danes write in two ways, and that no decomposition takes apart. */
const SAME: Readonly<Record<string, string>> = { æ: 'ae', ø: 'oe', å: 'aa' }

/** As it is looked for: small letters, without accents, and each Danish letter as two. */
function fold(text: string): string {
  return text
    .toLowerCase()
    .replace(/[æøå]/g, (letter) => SAME[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
}

/** Whether each word that was written begins one of the names. Nothing written is everybody. */
export function matchesName(name: string, written: string): boolean {
  const names = fold(name).split(/[\s-]+/)
  const words = fold(written).split(/\s+/)
  return words.every((word) => word === '' || names.some((each) => each.startsWith(word)))
}
