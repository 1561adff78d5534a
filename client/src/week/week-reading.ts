import { NaervaerError, type ErrorCode } from '@naervaer/shared'
import type { SpanReply } from '@naervaer/shared/appointments'
import type { ReactiveControllerHost } from 'lit'
import type { AppointmentsDesk } from '../services/appointments-desk.ts'
import type { DaySpan } from './days.ts'

const isSame = (one: DaySpan | null, other: DaySpan): boolean =>
  one?.from === other.from && one.to === other.to

/**
 * What a worker has on the days that are shown: asked of the server for these days and no others. What was
 * asked last is what is shown, however the answers come in; until then nothing is known of these days.
 */
export class WeekReading {
  /** null until the first answer. */
  value: SpanReply['appointments'] | null = null
  error: ErrorCode | 'CONNECTION_LOST' | null = null
  /** Of which days `value` tells: not of those that are wanted, as long as they have not been read. */
  shown: DaySpan | null = null
  readonly #host: Pick<ReactiveControllerHost, 'requestUpdate'>
  readonly #getDesk: () => Pick<AppointmentsDesk, 'list'>
  #span: DaySpan | null = null
  #asked = 0
  #newest: Promise<void> = Promise.resolve()

  constructor(
    host: Pick<ReactiveControllerHost, 'requestUpdate'>,
    getDesk: () => Pick<AppointmentsDesk, 'list'>,
  ) {
    this.#host = host
    this.#getDesk = getDesk
  }

  /** Whether `value` tells of these days. */
  hasRead(span: DaySpan): boolean {
    return isSame(this.shown, span)
  }

  /** Reads other days; the same ones are read again only where that went wrong before. */
  async show(span: DaySpan): Promise<void> {
    if (isSame(this.#span, span) && this.error === null) return
    this.#span = span
    this.error = null
    await this.refresh()
  }

  /** Reads the days again: something has changed, or might have. Resolves when the newest look is there. */
  refresh(): Promise<void> {
    const span = this.#span
    if (span === null) return Promise.resolve()
    this.#asked += 1
    this.#newest = this.#read(span, this.#asked)
    return this.#newest
  }

  async #read(span: DaySpan, asked: number): Promise<void> {
    try {
      const { appointments } = await this.#getDesk().list(span)
      if (asked !== this.#asked) {
        await this.#newest
        return
      }
      this.value = appointments
      this.shown = span
      this.error = null
    } catch (error) {
      if (asked !== this.#asked) return this.#newest
      this.error = error instanceof NaervaerError ? error.code : 'CONNECTION_LOST'
    }
    this.#host.requestUpdate()
  }
}
