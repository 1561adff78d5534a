import { NaervaerError, type DurationMs, type PersonId } from '@naervaer/shared'
import type { FastifyBaseLogger } from 'fastify'
import type { Audit } from '../audit/audit.ts'
import type { Cancel, Clock } from '../plugins/clock.ts'
import { SignInRefusal } from './refusal.ts'

/** Refusals that follow each other within this time are one line, and one more with their number. */
export const REFUSAL_WINDOW_MS: DurationMs = 10 * 60_000

/** Beyond so many kinds within the time all further ones are one kind: a flood writes few lines. */
export const MAX_REFUSAL_KINDS = 100

/** A try to come in that was refused. */
export interface RefusedSignIn {
  readonly method: 'passkey' | 'passphrase' | 'oidc' | 'invitation'
  /** A code, never what was typed. */
  readonly reason: string
  /** Whose account was meant, where that is known. */
  readonly personId: PersonId | null
}

export interface RefusedSignInsOptions {
  readonly clock: Clock
  readonly audit: Audit
  readonly log: FastifyBaseLogger
}

interface Window {
  readonly refused: RefusedSignIn
  /** How many came after the first. */
  more: number
  readonly cancel: Cancel
}

/**
 * Refused sign-ins in the audit log, without letting a flood fill it: of each account, method and
 * reason the first one at once, and those of the following ten minutes as one line with their number.
 */
export class RefusedSignIns {
  readonly #options: RefusedSignInsOptions
  readonly #windows = new Map<string, Window>()
  #tail: Promise<unknown> = Promise.resolve()

  constructor(options: RefusedSignInsOptions) {
    this.#options = options
  }

  /** Notes what a way in has thrown; surprises of our own are no refusals. */
  noteError(method: RefusedSignIn['method'], error: unknown): void {
    if (!(error instanceof NaervaerError) || error.code === 'INTERNAL') return
    const personId = error instanceof SignInRefusal ? error.personId : null
    this.note({ method, reason: error.code, personId })
  }

  note(refused: RefusedSignIn): void {
    const { method, reason, personId } = refused
    const own = `${personId ?? ''} ${method} ${reason}`
    const hasRoom = this.#windows.has(own) || this.#windows.size < MAX_REFUSAL_KINDS
    const kind = hasRoom ? own : 'many'
    const open = this.#windows.get(kind)
    if (open !== undefined) {
      open.more += 1
      return
    }
    const shown = hasRoom ? refused : { method, reason: 'many', personId: null }
    const { clock } = this.#options
    const cancel = clock.at(clock.now() + REFUSAL_WINDOW_MS, () => this.#close(kind))
    this.#windows.set(kind, { refused: shown, more: 0, cancel })
    this.#write(shown, 1)
  }

  /** Writes what has been counted so far, and waits until it is there. */
  async stop(): Promise<void> {
    for (const [kind, { cancel }] of this.#windows) {
      cancel()
      this.#close(kind)
    }
    await this.settled()
  }

  /** Resolves when everything noted before is written. */
  async settled(): Promise<void> {
    await this.#tail
  }

  #close(kind: string): void {
    const window = this.#windows.get(kind)
    this.#windows.delete(kind)
    if (window !== undefined && window.more > 0) this.#write(window.refused, window.more)
  }

  /** After the answer is out: how long it took must not tell whether the account exists. */
  #write({ method, reason, personId }: RefusedSignIn, count: number): void {
    const { audit, log } = this.#options
    this.#tail = this.#tail
      .then(() => new Promise((resolve) => setImmediate(resolve)))
      .then(() =>
        audit.record({
          action: 'signIn.refused',
          actor: { kind: 'system' },
          subjectId: personId,
          details: { method, reason, count },
        }),
      )
      .catch((error: unknown) => log.error({ err: error }, 'refused sign-in not audited'))
  }
}
