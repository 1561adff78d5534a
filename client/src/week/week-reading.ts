import { NaervaerError, type ErrorCode } from '@naervaer/shared'
import type { SpanReply } from '@naervaer/shared/appointments'
import type { ReactiveControllerHost } from 'lit'
import type { AppointmentsDesk } from '../services/appointments-desk.ts'
import type { DaySpan } from './days.ts'

/**
 * What a worker has on the days that are shown: asked of the server for these days and no others. What was
 * asked last is what is shown, however the answers come in; until it is there the days before stay.
 */
export class WeekReading {
  /** null until the first answer. */
  value: SpanReply['appointments'] | null = null
  error: ErrorCode | 'CONNECTION_LOST' | null = null
  /** Of which days `value` tells. */
  shown: DaySpan | null = null
  readonly #host: Pick<ReactiveControllerHost, 'requestUpdate'>
  readonly #getDesk: () => Pick<AppointmentsDesk, 'list'>
  #span: DaySpan | null = null
  #asked = 0

  constructor(
    host: Pick<ReactiveControllerHost, 'requestUpdate'>,
    getDesk: () => Pick<AppointmentsDesk, 'list'>,
  ) {
    this.#host = host
    this.#getDesk = getDesk
  }

  /** Reads other days; the same ones are not read again. */
  async show(span: DaySpan): Promise<void> {
    if (this.#span?.from === span.from && this.#span.to === span.to) return
    this.#span = span
    await this.refresh()
  }

  /** Reads the days again: something has changed, or might have. */
  async refresh(): Promise<void> {
    const span = this.#span
    if (span === null) return
    this.#asked += 1
    const asked = this.#asked
    try {
      const { appointments } = await this.#getDesk().list(span)
      if (asked !== this.#asked) return
      this.value = appointments
      this.shown = span
      this.error = null
    } catch (error) {
      if (asked !== this.#asked) return
      this.error = error instanceof NaervaerError ? error.code : 'CONNECTION_LOST'
    }
    this.#host.requestUpdate()
  }
}
