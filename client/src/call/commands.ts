import { NaervaerError, type CallId, type CallView } from '@naervaer/shared'
import type { ReplyTo } from '../services/socket/pending-requests.ts'
import type { SignallingClient } from '../services/socket/signalling-client.ts'
import type { Store } from '../services/store.ts'
import type { CallSnapshot } from './call-snapshot.ts'

/** What became of a request: the server did it, would not, or cannot be known to have heard it. */
export type Outcome = 'done' | 'refused' | 'lost'

/** The requests that change a call by naming it and nothing else; a person presses a button for each. */
type CallCommand = 'call.accept' | 'call.decline' | 'call.cancel' | 'call.hangUp'

/** What a person asks for by a button: the snapshot shows that it is under way, and the trouble it met. */
export class Commands {
  readonly #signalling: Pick<SignallingClient, 'request'>
  readonly #snapshot: Store<CallSnapshot>
  readonly #onView: (view: CallView) => void

  /** @param onView - told the call as it is after each command */
  constructor(
    signalling: Pick<SignallingClient, 'request'>,
    snapshot: Store<CallSnapshot>,
    onView: (view: CallView) => void,
  ) {
    this.#signalling = signalling
    this.#snapshot = snapshot
    this.#onView = onView
  }

  /** @param said - beside the name of the call */
  async send(
    type: CallCommand,
    call: CallId | undefined,
    said: { readonly isAwaiting?: boolean } = {},
  ): Promise<Outcome> {
    if (call === undefined) return 'refused'
    return this.run(async () => {
      const reply: ReplyTo<CallCommand> = await this.#signalling.request({ type, call, ...said })
      this.#onView(reply.call)
    })
  }

  async run(work: () => Promise<void>): Promise<Outcome> {
    this.#snapshot.patch({ isBusy: true, error: null })
    try {
      await work()
      return 'done'
    } catch (error) {
      const isRefusal = error instanceof NaervaerError
      this.#snapshot.patch({ error: isRefusal ? error.code : 'CONNECTION_LOST' })
      return isRefusal ? 'refused' : 'lost'
    } finally {
      this.#snapshot.patch({ isBusy: false })
    }
  }
}
