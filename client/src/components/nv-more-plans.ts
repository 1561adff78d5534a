import type { Appointment, UnixMs } from '@naervaer/shared'
import { OwnAppointmentsReplySchema } from '@naervaer/shared/appointments'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, query, state } from 'lit/decorators.js'
import { Work } from '../controllers/work.ts'
import { read, send } from '../services/http-request.ts'
import { makeCheck } from '../services/socket/check.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { dialogStyles } from '../styles/dialog.styles.ts'
import { firstName, t } from '../texts/text.ts'
import { describePlan, when } from '../texts/when.ts'
import './nv-error-notice.ts'

const isReply = makeCheck(OwnAppointmentsReplySchema)

/** How many are shown at first: a long list weighs, and most only want to know of the next few. */
const FIRST_COUNT = 3
const MORE_COUNT = 5

/** "Flere aftaler": a citizen's next few in a window of their own, and more of them with each tap. */
@customElement('nv-more-plans')
export class NvMorePlans extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    dialogStyles,
    css`
      .open {
        margin-inline-start: calc(-0.4em - var(--nv-stroke));
      }

      @media (max-height: 42rem) {
        .open {
          font-size: var(--nv-text-s);
        }
      }

      ul {
        display: grid;
        gap: var(--nv-space-3);
        margin: 0 0 var(--nv-space-4);
        padding: 0;
        list-style: none;
      }

      li {
        padding-block-start: var(--nv-space-3);
        border-block-start: 1px solid var(--nv-rule);
      }

      h2 {
        margin-block-end: var(--nv-space-3);
      }
    `,
  ]

  /** null while they are not known. */
  @state() private plans: readonly Appointment[] | null = null
  @state() private count = FIRST_COUNT
  @query('dialog') private dialog!: HTMLDialogElement
  readonly #work = new Work(this)

  async #open(): Promise<void> {
    this.plans = null
    this.count = FIRST_COUNT
    this.dialog.showModal()
    await this.#work.run(async () => {
      const { appointments } = await read(await send('GET', '/api/own-appointments'), isReply)
      this.plans = appointments
    })
  }

  /** What was pressed may go away: the first that is new is read on. */
  async #more(): Promise<void> {
    const before = this.count
    this.count += MORE_COUNT
    await this.updateComplete
    this.renderRoot.querySelectorAll<HTMLElement>('li')[before]?.focus()
  }

  protected override render(): TemplateResult {
    return html`<button class="button plain open" type="button" @click=${() => void this.#open()}>
        ${t('plan.list')}
      </button>
      <dialog aria-labelledby="title">
        <h2 id="title">${t('plan.listTitle')}</h2>
        <nv-error-notice .code=${this.#work.error}></nv-error-notice>
        ${this.plans === null ? nothing : this.#renderList(this.plans)}
        <div class="buttons">
          ${
            (this.plans?.length ?? 0) > this.count
              ? html`<button class="button" type="button" @click=${() => void this.#more()}>
                  ${t('plan.listMore')}
                </button>`
              : nothing
          }
          <button class="button" type="button" @click=${() => this.dialog.close()}>
            ${t('plan.listClose')}
          </button>
        </div>
      </dialog>`
  }

  #renderList(plans: readonly Appointment[]): TemplateResult {
    if (plans.length === 0) return html`<p>${t('plan.listNone')}</p>`
    const now = Date.now()
    return html`<ul>
      ${plans
        .slice(0, this.count)
        .map((plan) => html`<li tabindex="-1">${describe(plan, now)}</li>`)}
    </ul>`
  }
}

/** As the first page says it: of whoever is away then nothing is promised. */
function describe({ kind, worker, startAt, isAway }: Appointment, now: UnixMs): string {
  const name = firstName(worker.name)
  if (isAway === true) return t('plan.awayThen', { name, when: when(startAt, now) })
  return `${describePlan(kind, name, startAt, now)}.`
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-more-plans': NvMorePlans
  }
}
