import { roundLeg, type LegQuality } from '@naervaer/shared'
import type { LinkStats } from './link-stats.ts'

/** What one leg has been like so far at this side, from looks at its peer connection. */
export class LegTally {
  readonly generation: number
  #last: LinkStats | null = null
  #rttSumMs = 0
  #rtts = 0
  #jitterSumMs = 0
  #jitters = 0
  #steps = 0

  constructor(generation: number) {
    this.generation = generation
  }

  add(stats: LinkStats): void {
    this.#last = stats
    if (stats.rttMs !== null) {
      this.#rttSumMs += stats.rttMs
      this.#rtts += 1
    }
    if (stats.jitterMs !== null) {
      this.#jitterSumMs += stats.jitterMs
      this.#jitters += 1
    }
  }

  /** The own picture has been made smaller or larger for the line's sake. */
  addStep(): void {
    this.#steps += 1
  }

  /** @returns null before the first look */
  read(): LegQuality | null {
    if (this.#last === null) return null
    const { protocol, receivedPackets, lostPackets, freezes, resolutionChanges } = this.#last
    const expected = receivedPackets + lostPackets
    return roundLeg({
      protocol,
      rttMs: this.#rtts === 0 ? null : this.#rttSumMs / this.#rtts,
      lossShare: expected <= 0 ? null : lostPackets / expected,
      jitterMs: this.#jitters === 0 ? null : this.#jitterSumMs / this.#jitters,
      freezes,
      steps: this.#steps + resolutionChanges,
    })
  }
}
