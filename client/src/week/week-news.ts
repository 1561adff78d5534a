import type { Directory } from '../services/directory.ts'

/** What a page has been told of appointments, of each citizen as one object that is replaced when it changes. */
type Told = ReadonlyMap<string, unknown>

const toldBy = (directory: Directory | null): Told =>
  new Map(directory?.citizens.map(({ person, appointments }) => [person.id, appointments]))

/**
 * Notices that there is something new of appointments, in whatever window or on whatever device it was said.
 * Whoever opens the app, talks or asks to be rung changes nothing of them.
 */
export class WeekNews {
  #told: Told | null = null

  /** @returns whether something is new since it was asked last; the first time nothing is */
  take(directory: Directory | null): boolean {
    if (directory === null) return false
    const before = this.#told
    const now = toldBy(directory)
    this.#told = now
    if (before === null) return false
    return before.size !== now.size || [...now].some(([id, told]) => before.get(id) !== told)
  }
}
