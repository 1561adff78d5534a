/** What canonical JSON is made of here: no fractions, whose spelling would need more rules. */
export type Canonical = string | number | boolean | null | { readonly [name: string]: Canonical }

/**
 * The one spelling of a value as JSON: names in the order of their UTF-16 units, no spaces.
 *
 * @throws RangeError for numbers that are not safe integers
 * @see RFC 8785 § 3.2, of which this is the part without arrays and fractions
 */
export function toCanonicalJson(value: Canonical): string {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new RangeError('only whole numbers have one spelling')
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${toCanonicalJson(value[name] ?? null)}`)
  return `{${members.join(',')}}`
}
