import { css, html, LitElement, type TemplateResult } from 'lit'
import { customElement } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { t } from '../texts/text.ts'

/** What stays: nothing deletes it by itself while it holds (see "What is stored" in docs/operating.md). */
const KEPT = [
  'stored.name',
  'stored.choice',
  'stored.travel',
  'stored.device',
  'stored.own',
] as const

/** What goes by itself, and when. */
const GOES = [
  'stored.ready',
  'stored.agreed',
  'stored.callback',
  'stored.notice',
  'stored.code',
  'stored.appointments',
  'stored.calls',
  'stored.replaced',
  'stored.seen',
] as const

/** What is stored about a citizen, and for how long, in plain words. */
@customElement('nv-stored')
export class NvStored extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: var(--nv-space-4);
      }

      h2 {
        font-size: var(--nv-text-l);
      }

      li {
        padding-block: var(--nv-space-2);
        border-block-start: 1px solid var(--nv-rule);
      }
    `,
  ]

  protected override render(): TemplateResult {
    return html`<p>${t('stored.not')}</p>
      <section>
        <h2 id="kept">${t('stored.kept')}</h2>
        <ul aria-labelledby="kept">
          ${KEPT.map((key) => html`<li>${t(key)}</li>`)}
        </ul>
      </section>
      <section>
        <h2 id="goes">${t('stored.goes')}</h2>
        <ul aria-labelledby="goes">
          ${GOES.map((key) => html`<li>${t(key)}</li>`)}
        </ul>
      </section>
      <p>${t('stored.right')}</p>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-stored': NvStored
  }
}
