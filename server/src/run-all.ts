/**
 * Does each of several things, one after the other, whatever becomes of the others.
 *
 * @throws what the first of them that failed has thrown, after the last
 */
export async function runAll<T>(
  items: Iterable<T>,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const errors: unknown[] = []
  for (const item of items) {
    try {
      await work(item)
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length > 0) throw errors[0]
}
