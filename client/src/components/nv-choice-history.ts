import type { ChoiceHistoryReply } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { describeAction } from '../texts/audit-words.ts'
import { clockTime, shortDate, t } from '../texts/text.ts'

type Step = ChoiceHistoryReply['steps'][number]

/** Everything that one citizen was offered and has said about video, the oldest first. */
@customElement('nv-choice-history')
export class NvChoiceHistory extends LitElement {
  static override styles = [
    baseStyles,
    css`
      li {
        padding-block: var(--nv-space-3);
        border-block-start: 1px solid var(--nv-rule);
      }

      .what {
        font-weight: 600;
      }

      .soft {
        color: var(--nv-ink-soft);
        overflow-wrap: anywhere;
      }
    `,
  ]

  @property({ attribute: false }) history!: ChoiceHistoryReply

  protected override render(): TemplateResult {
    const { citizen, steps } = this.history
    return html`<h3>${citizen.name}</h3>
      ${
        steps.length === 0
          ? html`<p>${t('choice.notOffered')}</p>`
          : html`<ol aria-label=${t('audit.choiceOf', { name: citizen.name })}>
              ${steps.map((step) => this.#renderStep(step))}
            </ol>`
      }`
  }

  #renderStep({ kind, at, textVersion, askedBy, heardBy }: Step): TemplateResult {
    return html`<li>
      <p>${t('audit.at', { date: shortDate(at), time: clockTime(at) })}</p>
      <p class="what">${describeAction(`choice.${kind}`)}</p>
      ${
        textVersion === null
          ? nothing
          : html`<p class="soft">${t('audit.textVersion', { version: String(textVersion) })}</p>`
      }
      ${askedBy === null ? nothing : html`<p class="soft">${t('audit.askedBy', { id: askedBy })}</p>`}
      ${heardBy === null ? nothing : html`<p class="soft">${t('audit.heardBy', { id: heardBy })}</p>`}
    </li>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-choice-history': NvChoiceHistory
  }
}
