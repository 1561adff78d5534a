/** Words of manuals and templates, which are no secret to anybody. */
const EXAMPLE_WORDS =
  /change.?(me|this|it)|example|eksempel|placeholder|your.?(turn.?)?secret|my.?secret|replace.?(me|this)|insert|password|adgangskode|hunter2|static-auth-secret|<[^>]*>|\$\{/i

/** Runs that people type to fill a field. */
const RUNS = ['0123456789', '1234567890', 'abcdefghijklmnop', 'qwertyuiop', 'deadbeef']

/** Secrets drawn at random practically never have so few different characters. */
const MIN_DISTINCT_CHARS = 6

/** Whether a given secret is out of a manual or was typed to fill a field (criterion S-08). */
export function isExampleSecret(text: string): boolean {
  const lower = text.toLowerCase()
  return (
    EXAMPLE_WORDS.test(text) ||
    RUNS.some((run) => lower.includes(run)) ||
    new Set(text).size < MIN_DISTINCT_CHARS
  )
}
