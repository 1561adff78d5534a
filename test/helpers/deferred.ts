/** A promise that the test settles. */
export interface Deferred {
  readonly promise: Promise<unknown>
  resolve(value: unknown): void
  reject(error: Error): void
}

export function makeDeferred(): Deferred {
  let settle: Omit<Deferred, 'promise'> | undefined
  const promise = new Promise<unknown>((resolve, reject) => (settle = { resolve, reject }))
  // A promise runs what it is given at once.
  if (settle === undefined) throw new Error('not settled at once')
  return { promise, ...settle }
}
