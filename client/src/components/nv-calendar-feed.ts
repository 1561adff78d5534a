import { NaervaerError } from '@naervaer/shared'
import type { CalendarFeedReply } from '@naervaer/shared/appointments'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { Work } from '../controllers/work.ts'
import { calendarFeedClient, type CalendarFeedClient } from '../services/calendar-feed-client.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { dayAndTime } from '../texts/day-and-time.ts'
import { t } from '../texts/text.ts'
import { copyIcon } from './around-icons.ts'
import './nv-error-notice.ts'

/**
 * "Min kalender i Outlook": a private address for the own calendar program, told once, renewed and closed. Nothing
 * for those who have no appointments of their own.
 */
@customElement('nv-calendar-feed')
export class NvCalendarFeed extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host,
      section,
      .new {
        display: grid;
        justify-items: start;
        gap: var(--nv-space-3);
        width: 100%;
      }

      section {
        padding-block-start: var(--nv-space-4);
        border-block-start: 1px solid var(--nv-rule);
      }

      h2 {
        font-size: var(--nv-text-l);
      }

      label {
        font-weight: 600;
      }

      input {
        box-sizing: border-box;
        width: 100%;
        min-height: var(--nv-target);
        padding: var(--nv-space-2) var(--nv-space-3);
        border: var(--nv-stroke) solid var(--nv-edge);
        border-radius: var(--nv-radius);
        background: var(--nv-paper-raised);
        color: var(--nv-ink);
        font: inherit;
      }

      ol {
        margin: 0;
        padding-inline-start: 1.4em;
      }

      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--nv-space-3);
      }

      .soft {
        color: var(--nv-ink-soft);
      }
    `,
  ]

  @property({ attribute: false }) client: CalendarFeedClient = calendarFeedClient
  @state() private feed: CalendarFeedReply | null = null
  /** Told once: it is nowhere when the page is left. */
  @state() private url: string | null = null
  @state() private news: 'copied' | 'byHand' | 'closed' | null = null
  @query('input') private field!: HTMLInputElement | null
  @query('h2') private heading!: HTMLElement | null
  readonly #work = new Work(this)

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#work.run(() => this.#load())
  }

  async #load(): Promise<void> {
    try {
      this.feed = await this.client.fetch()
    } catch (error) {
      // Other staff have no appointments.
      if (!(error instanceof NaervaerError && error.code === 'ROLE_REFUSED')) throw error
    }
  }

  async #make(): Promise<void> {
    this.news = null
    const isMade = await this.#work.run(async () => {
      this.url = await this.client.make()
      await this.#load()
    })
    await this.updateComplete
    if (isMade) this.field?.select()
  }

  async #revoke(): Promise<void> {
    const isClosed = await this.#work.run(async () => {
      await this.client.revoke()
      this.url = null
      await this.#load()
    })
    if (!isClosed) return
    this.news = 'closed'
    await this.updateComplete
    // The button that had the focus has gone.
    this.heading?.focus()
  }

  async #copy(url: string): Promise<void> {
    // Empty first: what is said twice in the same words would be heard once.
    this.news = null
    await this.updateComplete
    try {
      await navigator.clipboard.writeText(url)
      this.news = 'copied'
    } catch {
      this.news = 'byHand'
      this.field?.select()
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const { feed } = this
    if (feed === null) {
      return html`<nv-error-notice .code=${this.#work.error}></nv-error-notice>`
    }
    return html`<section aria-labelledby="feed">
      <h2 id="feed" tabindex="-1">${t('feed.title')}</h2>
      <p>${t('feed.about')} ${feed.hasNames ? t('feed.names') : t('feed.noNames')}</p>
      ${this.url === null ? this.#renderSince(feed.since) : this.#renderNew(this.url)}
      <p role="status">${this.news === null ? nothing : t(`feed.${this.news}`)}</p>
      <nv-error-notice .code=${this.#work.error}></nv-error-notice>
      <div class="buttons">
        ${this.#renderButton(feed.since === null ? t('feed.make') : t('feed.renew'), () => this.#make())}
        ${feed.since === null ? nothing : this.#renderButton(t('feed.close'), () => this.#revoke())}
      </div>
    </section>`
  }

  #renderSince(since: number | null): TemplateResult | typeof nothing {
    if (since === null) return nothing
    return html`<p>${t('feed.since', { date: dayAndTime(since) })}</p>`
  }

  #renderNew(url: string): TemplateResult {
    return html`<div class="new">
      <label for="url">${t('feed.address')}</label>
      <input id="url" readonly .value=${url} />
      <div class="buttons">
        ${this.#renderButton(html`${copyIcon}${t('feed.copy')}`, () => this.#copy(url))}
        <a class="button" href=${url.replace(/^https?:/, 'webcal:')}>${t('feed.open')}</a>
      </div>
      <p>${t('feed.once')}</p>
      <ol>
        <li>${t('feed.step1')}</li>
        <li>${t('feed.step2')}</li>
        <li>${t('feed.step3')}</li>
      </ol>
      <p class="soft">${t('feed.slow')}</p>
    </div>`
  }

  #renderButton(words: TemplateResult | string, act: () => Promise<void>): TemplateResult {
    return html`<button
      class="button"
      type="button"
      aria-disabled=${this.#work.isBusy}
      @click=${() => void act()}
    >
      ${words}
    </button>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-calendar-feed': NvCalendarFeed
  }
}
