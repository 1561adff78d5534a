import * as Type from 'typebox'

/** Eight digits in Denmark, none of which begins with 0 or 1; anywhere else up to fifteen (E.164). */
const PATTERN = '^\\+(?:45[2-9][0-9]{7}|(?!45)[1-9][0-9]{6,14})$'
const NUMBER = new RegExp(PATTERN)

/** A telephone number as it is kept and dialled: "+4520304050". */
export const PhoneNumberSchema = Type.String({ pattern: PATTERN, maxLength: 16 })

/**
 * Makes out of what somebody has written the number that is dialled.
 *
 * @returns null where it cannot be one
 */
export function toPhoneNumber(text: string): string | null {
  const digits = text.replaceAll(/[\s.()/-]/g, '')
  const whole = /^[0-9]{8}$/.test(digits) ? `+45${digits}` : digits.replace(/^00/, '+')
  return NUMBER.test(whole) ? whole : null
}

/** As people write it: in pairs in Denmark, which no line parts, and else with the country before. */
export function writePhoneNumber(number: string): string {
  const danish = /^\+45([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})$/.exec(number)
  return danish === null ? number : danish.slice(1).join('\u00a0')
}
