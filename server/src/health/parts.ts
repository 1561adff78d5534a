import type { FastifyBaseLogger } from 'fastify'

/** What a stack consists of, as `/ready`, the metrics and the log name it. */
export const PARTS = [
  'database',
  'disk',
  'clock',
  'audit',
  'backup',
  'certificate',
  'push',
  'retention',
  'signIn',
  'turn',
] as const
export type Part = (typeof PARTS)[number]

/** What `/ready` says beside them: IT works on the system, and nothing is broken. */
export const MAINTENANCE = 'maintenance'

/** Without these nobody can be served; without the others something is missing. */
const VITAL: ReadonlySet<Part> = new Set(['database'])

export interface State {
  readonly isReady: boolean
  /** The parts that do not work, in the order of `PARTS`. */
  readonly degraded: readonly Part[]
}

type Look = () => boolean | Promise<boolean>

/** Which looks are taken: those that take moments, or those over the network as well. */
type Which = 'quick' | 'all'

/**
 * Which parts of the stack work. Some say so themselves when they notice, others are looked at again and
 * again; each change is a line in the log.
 */
export class Parts {
  readonly #log: FastifyBaseLogger
  readonly #looks = new Map<Part, { readonly look: Look; readonly isSlow: boolean }>()
  readonly #broken = new Set<Part>()
  readonly #looking = new Map<Which, Promise<void>>()

  constructor(log: FastifyBaseLogger) {
    this.#log = log
  }

  /** Said by the room that has noticed. */
  say(part: Part, isWorking: boolean): void {
    if (isWorking === !this.#broken.has(part)) return
    if (isWorking) {
      this.#broken.delete(part)
      this.#log.info({ code: 'PART_MENDED', part }, 'a part of the stack works again')
    } else {
      this.#broken.add(part)
      this.#log.error({ code: 'PART_BROKEN', part }, 'a part of the stack does not work')
    }
  }

  /**
   * @param look - whether it works; what it throws means that it does not
   * @param options - `isSlow` where it asks over the network: whoever asks `/ready` does not wait for it
   */
  watch(part: Part, look: Look, { isSlow = false } = {}): void {
    this.#looks.set(part, { look, isSlow })
  }

  /** Looks at what is watched. Whoever asks while that is under way shares it. */
  look(which: Which = 'all'): Promise<void> {
    const underWay = this.#looking.get(which)
    if (underWay !== undefined) return underWay
    const looking = this.#look(which).finally(() => this.#looking.delete(which))
    this.#looking.set(which, looking)
    return looking
  }

  get state(): State {
    return {
      isReady: ![...this.#broken].some((part) => VITAL.has(part)),
      degraded: PARTS.filter((part) => this.#broken.has(part)),
    }
  }

  async #look(which: Which): Promise<void> {
    for (const [part, { look, isSlow }] of this.#looks) {
      if (isSlow && which === 'quick') continue
      try {
        this.say(part, await look())
      } catch {
        this.say(part, false)
      }
    }
  }
}
