import type { CitizenPresence, PersonId, QuietReason } from '@naervaer/shared'
import { consume } from '@lit/context'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { httpContext } from '../app/contexts.ts'
import { Work } from '../controllers/work.ts'
import type { HttpClient } from '../services/http-client.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { clockTime, dayAndMonth, firstName, isToday, t } from '../texts/text.ts'
import { phoneIcon } from './icons.ts'
import './nv-error-notice.ts'

/** Asks the page to ring a citizen. */
export class RingEvent extends Event {
  readonly citizenId: PersonId
  /** Why, where the citizen does not want to be rung just now. */
  readonly quietReason: QuietReason | undefined

  constructor(citizenId: PersonId, quietReason?: QuietReason) {
    super('nv-ring', { bubbles: true, composed: true })
    this.citizenId = citizenId
    this.quietReason = quietReason
  }
}

/**
 * Citizens who have asked to be rung and whose wish nobody has seen yet: first on the worker's page, oldest
 * first, each answered by a ring or by "Set".
 *
 * @fires nv-ring
 */
@customElement('nv-callbacks')
export class NvCallbacks extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      .asked {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--nv-space-3);
        margin-block-end: var(--nv-space-3);
        padding: var(--nv-space-3) var(--nv-space-4);
        border-radius: var(--nv-radius-large);
        background: var(--nv-straw-wash);
      }

      p {
        flex: 1 1 14rem;
      }

      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--nv-space-3);
      }

      @media (forced-colors: active) {
        .asked {
          border: 1px solid CanvasText;
        }
      }
    `,
  ]

  @property({ attribute: false }) citizens: readonly CitizenPresence[] = []
  @property({ type: Boolean }) isBusy = false
  @consume({ context: httpContext }) private http!: Pick<HttpClient, 'changeChoice'>
  readonly #work = new Work(this)

  #see(citizenId: PersonId): void {
    void this.#work.run(() => this.http.changeChoice(`/api/citizens/${citizenId}/callback/seen`))
  }

  protected override render(): TemplateResult {
    const asked = this.citizens
      // Who waits for their own worker is not rung by a substitute.
      .filter(({ callback, assignment }) => assignment === 'primary' || !callback?.waitsFor)
      .filter(({ callback }) => callback?.seenAt === null)
      .sort((one, other) => askedAt(one) - askedAt(other))
    // What is said is apart from what can be done, and its place is there before it is said.
    return html`<p class="visually-hidden" role="status">
        ${asked.map((citizen) => describeCallback(citizen)).join(' ')}
      </p>
      ${repeat(
        asked,
        ({ person }) => person.id,
        (citizen) => this.#renderOne(citizen),
      )}
      <nv-error-notice .code=${this.#work.error}></nv-error-notice>`
  }

  #renderOne(citizen: CitizenPresence): TemplateResult {
    const { id, name } = citizen.person
    return html`<div class="asked">
      <p id="asked-${id}"><strong>${describeCallback(citizen)}</strong></p>
      <div class="buttons">
        <button
          class="button primary"
          type="button"
          aria-disabled=${this.isBusy}
          @click=${() => this.dispatchEvent(new RingEvent(id))}
        >
          ${phoneIcon}${t('staff.callbackRing', { name: firstName(name) })}
        </button>
        <button
          class="button"
          type="button"
          aria-describedby="asked-${id}"
          aria-disabled=${this.#work.isBusy}
          @click=${() => this.#see(id)}
        >
          ${t('staff.callbackSee')}
        </button>
      </div>
    </div>`
  }
}

const askedAt = ({ callback }: CitizenPresence): number => callback?.askedAt ?? 0

/** What a worker reads about the wish of a citizen; nothing where there is none. */
export function describeCallback({
  assignment,
  person,
  callback,
}: CitizenPresence): string | typeof nothing {
  if (callback === null) return nothing
  const at = callback.askedAt
  const said = { name: firstName(person.name), time: clockTime(at) }
  if (callback.waitsFor !== undefined && assignment === 'primary') {
    return isToday(at)
      ? t('staff.callbackWaitsYou', said)
      : t('staff.callbackWaitsYouDay', { ...said, date: dayAndMonth(at) })
  }
  if (callback.waitsFor !== undefined) {
    const waits = { ...said, worker: firstName(callback.waitsFor.name) }
    return isToday(at)
      ? t('staff.callbackWaits', waits)
      : t('staff.callbackWaitsDay', { ...waits, date: dayAndMonth(at) })
  }
  return isToday(at)
    ? t('staff.callback', said)
    : t('staff.callbackDay', { ...said, date: dayAndMonth(at) })
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-callbacks': NvCallbacks
  }
  interface HTMLElementEventMap {
    'nv-ring': RingEvent
  }
}
