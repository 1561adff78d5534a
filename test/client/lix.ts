/**
 * The usual Danish measure of how hard a text is to read: words per sentence plus the share of words
 * of more than six letters (Björnsson 1968). Below 30 is easy.
 */
export function lix(text: string): number {
  const words = text.match(/[\p{L}\p{N}'’-]+/gu) ?? []
  const sentences = text.split(/[.:!?\n]+/).filter((sentence) => /\p{L}/u.test(sentence))
  const longWords = words.filter((word) => word.length > 6)
  return (
    words.length / Math.max(1, sentences.length) +
    (100 * longWords.length) / Math.max(1, words.length)
  )
}
