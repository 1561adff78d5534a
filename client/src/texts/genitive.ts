/** Danish: an s, or an apostrophe after a name that ends in s, x or z (Dansk Sprognævn, Retskrivningsordbogen § 8). */
export function danishGenitive(name: string): string {
  return /[sxz]$/i.test(name) ? `${name}'` : `${name}s`
}

/** English: an apostrophe and an s, whatever the name ends in. */
export function englishGenitive(name: string): string {
  return `${name}'s`
}
