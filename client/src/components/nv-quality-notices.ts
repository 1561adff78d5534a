import { css, html, LitElement, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { CallQuality } from '../call/features/quality.ts'
import { FollowStore } from '../controllers/follow-store.ts'
import { describeQuality } from './quality-notices.ts'

/** What a person should know of how the two see and hear each other, in sentences; empty while all is well. */
@customElement('nv-quality-notices')
export class NvQualityNotices extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }

    p {
      width: fit-content;
      max-width: 44rem;
      margin: 0 auto;
      padding: var(--nv-space-2) var(--nv-gutter) 0;
      text-wrap: pretty;
    }

    .urgent {
      font-weight: 700;
    }
  `

  @property({ attribute: false }) quality: CallQuality | null = null
  /** The other's first name. */
  @property() name = ''
  readonly #state = new FollowStore(this, () => this.quality?.state ?? null)

  /** The containers stay while sentences come and go: only then do screen readers announce them. */
  protected override render(): TemplateResult {
    const state = this.#state.value
    const { urgent, calm } =
      state === null ? { urgent: [], calm: [] } : describeQuality(state, this.name)
    return html`
      <div role="alert">${urgent.map((sentence) => html`<p class="urgent">${sentence}</p>`)}</div>
      <div role="status">${calm.map((sentence) => html`<p>${sentence}</p>`)}</div>
    `
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-quality-notices': NvQualityNotices
  }
}
