import type { Call, DeviceFault, Person, Side } from '@naervaer/shared'
import type { Cancel } from '../plugins/clock.ts'
import { AttemptNotes } from './attempt-notes.ts'

/** What a call that is taken up again has besides itself. */
interface LiveCallBeside {
  readonly generation?: number
  readonly fault?: DeviceFault | null
  readonly isWorkerAlone?: boolean
  readonly insteadOf?: Person | null
}

/** A call in memory with what only the running server knows of it. Its row is the truth that lasts. */
export class LiveCall {
  call: Call
  /** For views; a name changed during the call shows in the next one. */
  readonly people: Readonly<Record<Side, Person>>
  /** The highest generation seen by the relay or told by a page. */
  generation: number
  /** Under which TURN counts each side's allocations. */
  readonly turnNames: Readonly<Record<Side, string>>
  /** The worker has said so of this ring. */
  readonly isWorkerAlone: boolean
  /** The citizen's own worker, where a substitute rings in their place. */
  readonly insteadOf: Person | null
  /** Whether the citizen has said, when they declined, that they would rather wait for `insteadOf`. */
  isAwaited = false
  /** Whether it has been told that this call became a conversation. */
  isToldBegun = false
  #isRelayed = false
  readonly notes: AttemptNotes
  cancelTimer: Cancel = () => undefined
  #tail: Promise<unknown> = Promise.resolve()

  constructor(
    call: Call,
    people: Record<Side, Person>,
    turnNames: Record<Side, string>,
    { generation = 0, fault = null, isWorkerAlone = false, insteadOf = null }: LiveCallBeside = {},
  ) {
    this.call = call
    this.people = people
    this.turnNames = turnNames
    this.generation = generation
    this.isWorkerAlone = isWorkerAlone
    this.insteadOf = insteadOf
    this.notes = new AttemptNotes(call, fault)
  }

  /** From now on every signal shows no address, also of the present generation; to the call's end. */
  protect(): void {
    this.#isRelayed = true
  }

  /** Whether it goes through TURN and shows no other address. */
  get isRelayed(): boolean {
    return this.#isRelayed
  }

  /** Runs one thing at a time: each event meets the call as the one before it left it. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(work)
    this.#tail = result.catch(() => undefined)
    return result
  }
}
