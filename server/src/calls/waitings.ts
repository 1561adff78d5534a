import type { PersonId } from '@naervaer/shared'
import type { Database } from '../database/open.ts'
import { runAll } from '../run-all.ts'
import type { LiveCall } from './live-call.ts'
import type { EffectTools } from './perform-effects.ts'

/** What becomes of it that a citizen would rather wait for this worker than talk with a substitute. */
export interface Waiting {
  /** Within the transaction of the decline, so that neither is written without the other. */
  readonly write: (citizenId: PersonId, workerId: PersonId, within: Database) => Promise<void>
  readonly tell: (citizenId: PersonId) => void
}

/** Those who keep and tell that citizens would rather wait. */
export class Waitings {
  readonly #all: Waiting[] = []

  add(waiting: Waiting): void {
    this.#all.push(waiting)
  }

  tell(citizenId: PersonId): void {
    for (const { tell } of this.#all) tell(citizenId)
  }

  /** The wish is written with the step, and known once that is: whoever is told of the step is told this too. */
  makeTools(
    tools: EffectTools,
    { call: { citizenId } }: LiveCall,
    workerId: PersonId,
  ): EffectTools {
    return {
      ...tools,
      guard: (transaction) =>
        runAll(this.#all, ({ write }) => write(citizenId, workerId, transaction)),
      onStepped: (live) => {
        live.isAwaited = true
        tools.onStepped(live)
      },
    }
  }
}
