import type { Home, Person } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { anyOf, clockTime, firstName, isToday, t } from '../texts/text.ts'
import { leafIcon, readyIcon, sentIcon } from './home-icons.ts'

/**
 * What has come of what a citizen has said, and who has rung meanwhile: a calm line for each, and nothing
 * where there is nothing. Nothing in here is counted.
 */
@customElement('nv-home-news')
export class NvHomeNews extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        font-size: var(--nv-text-m);
      }

      div {
        display: grid;
        gap: var(--nv-space-2);
      }

      .line {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        align-items: start;
        gap: 0 var(--nv-space-3);
        padding: var(--nv-space-3) var(--nv-space-4);
        border-radius: var(--nv-radius-large);
        background: var(--nv-straw-wash);
        line-height: 1.35;
      }

      .line svg {
        margin-block-start: -0.05em;
        color: var(--nv-accent);
      }

      p + p {
        grid-column: 2;
        color: var(--nv-ink-soft);
      }

      .busy {
        margin-block-end: var(--nv-space-2);
        color: var(--nv-ink-soft);
      }

      @media (max-height: 42rem) {
        .line {
          padding: var(--nv-space-2) var(--nv-space-3);
          font-size: var(--nv-text-s);
        }

        .line svg {
          display: none;
        }

        p,
        p + p {
          grid-column: 1 / -1;
        }
      }

      @media (forced-colors: active) {
        .line {
          border: 1px solid CanvasText;
        }
      }
    `,
  ]

  @property({ attribute: false }) home: Home | null = null
  @property({ attribute: false }) workers: readonly Person[] = []

  protected override render(): TemplateResult {
    const { readyUntil = null, callback = null, missed = null, appointments = [] } = this.home ?? {}
    // Whoever would rather wait reads with the appointment that their own worker knows: one calm line is enough.
    const isSaid = appointments.some(({ calledOff }) => calledOff === 'waiting')
    return html`${this.#renderBusy()}
      <div role="status">
        ${readyUntil === null ? nothing : this.#renderReady(readyUntil)}
        ${isSaid || callback === null ? nothing : this.#renderCallback(callback)}
        ${isSaid || missed === null || callback !== null ? nothing : renderMissed(missed)}
      </div>`
  }

  /** Beside the announcements: it comes and goes, and nobody has to do anything. */
  #renderBusy(): TemplateResult[] {
    const busy = this.workers.filter(({ id }) => this.home?.busyWorkers.includes(id))
    return busy.map(
      ({ name }) => html`<p class="busy">${t('home.busy', { name: firstName(name) })}</p>`,
    )
  }

  get #name(): string {
    return anyOf(this.workers.map((worker) => firstName(worker.name)))
  }

  #renderReady(until: number): TemplateResult {
    return renderLine(
      readyIcon,
      t('home.readyShown', { name: this.#name }),
      t('home.readyUntil', { time: clockTime(until) }),
    )
  }

  /** Of several nobody knows who it will be, so nobody has got it in person. */
  #renderCallback({ seenAt, waitsFor }: NonNullable<Home['callback']>): TemplateResult {
    const name = waitsFor === undefined ? this.#name : firstName(waitsFor.name)
    const isOne = this.workers.length === 1 || waitsFor !== undefined
    if (seenAt !== null) {
      return renderLine(
        sentIcon,
        isOne ? t('home.requestSeen', { name }) : t('home.requestSeenMany', { name }),
      )
    }
    return renderLine(
      sentIcon,
      isOne ? t('home.requestSent', { name }) : t('home.requestSentMany', { name }),
    )
  }
}

/** Who has rung, and when: a time alone is only said of today. */
export function describeMissed({ worker, at }: NonNullable<Home['missed']>): string {
  const said = { name: firstName(worker.name), time: clockTime(at) }
  return isToday(at) ? t('missed.title', said) : t('home.missedYesterday', said)
}

const renderMissed = (missed: NonNullable<Home['missed']>): TemplateResult =>
  renderLine(leafIcon, describeMissed(missed), t('missed.body'))

const renderLine = (icon: TemplateResult, title: string, body?: string): TemplateResult =>
  html`<div class="line">
    ${icon}
    <p>${title}</p>
    ${body === undefined ? nothing : html`<p>${body}</p>`}
  </div>`

declare global {
  interface HTMLElementTagNameMap {
    'nv-home-news': NvHomeNews
  }
}
