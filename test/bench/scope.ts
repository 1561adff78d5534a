import type { TestScope } from '../e2e/support/test-scope.ts'

/** Runs work that starts servers and browsers as tests do, and ends what it has started. */
export async function withScope<T>(name: string, work: (t: TestScope) => Promise<T>): Promise<T> {
  const handlers: (() => unknown)[] = []
  let isPassing = true
  try {
    return await work({
      name,
      teardown: (handler) => handlers.push(handler),
      passing: () => isPassing,
    })
  } catch (error) {
    isPassing = false
    throw error
  } finally {
    for (const handler of handlers.reverse()) await handler()
  }
}
