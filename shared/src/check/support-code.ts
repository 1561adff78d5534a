/**
 * Letters and digits that nobody takes for another, seen or heard: no 0 and O, 1, I and L, 2 and Z,
 * 5 and S, 8 and B, U and V, and no Q or G.
 */
export const SUPPORT_CODE_SIGNS = 'ACDEFHJKMNPRTWXY34679'

/** How many signs a support code has. */
export const SUPPORT_CODE_LENGTH = 4

/** A support code as the server stores it. */
export const SUPPORT_CODE_PATTERN = `^[${SUPPORT_CODE_SIGNS}]{${String(SUPPORT_CODE_LENGTH)}}$`

/** How long a code opens its report. */
export const SUPPORT_CODE_LIFE_MS = 24 * 3_600_000

/**
 * A support code as somebody has written down what was read aloud: small letters, spaces and dashes do
 * not matter.
 *
 * @returns null where it can be none
 */
export function parseSupportCode(text: string): string | null {
  const signs = text.toUpperCase().replace(/[\s.-]/g, '')
  return new RegExp(SUPPORT_CODE_PATTERN).test(signs) ? signs : null
}
