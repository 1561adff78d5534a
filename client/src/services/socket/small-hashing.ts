/** Takes the place of what typebox tells equal items of a list apart by: the items of our lists are words. */
export const Hashing = {
  Hash(value: unknown): string {
    return JSON.stringify(value)
  },
}
