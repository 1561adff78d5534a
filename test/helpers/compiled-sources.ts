/**
 * Where Node keeps what it has compiled (`NODE_COMPILE_CACHE`), for the environment of a process that a test
 * starts: it changes nothing but the time that a start takes.
 *
 * @returns nothing when the test itself was started without
 */
export function compiledSources(): Record<string, string> {
  const folder = process.env['NODE_COMPILE_CACHE']
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder }
}
