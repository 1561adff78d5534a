import type { Home, Person } from '@naervaer/shared'
import { toInstant } from '@naervaer/shared/wall'
import { css, html, LitElement, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { anyOf, firstName, t } from '../texts/text.ts'
import { namedDay } from '../texts/when.ts'

const NOON = 12 * 60

/** Which of a citizen's workers are not at work, and up to which day: nobody waits for somebody who is away. */
@customElement('nv-home-away')
export class NvHomeAway extends LitElement {
  static override styles = [
    baseStyles,
    css`
      p {
        font-size: var(--nv-text-m);
        color: var(--nv-ink-soft);
        text-wrap: balance;
      }
    `,
  ]

  @property({ attribute: false }) away: NonNullable<Home['away']> = []
  /** Who is there instead, or the same where nobody is. */
  @property({ attribute: false }) workers: readonly Person[] = []

  protected override render(): TemplateResult[] {
    const isAway = ({ id }: Person) => this.away.some(({ worker }) => worker.id === id)
    const present = this.workers.filter((each) => !isAway(each))
    const substitute = anyOf(present.map(({ name }) => firstName(name)))
    return this.away.map(({ worker, lastDay }) => {
      const day = namedDay(toInstant({ day: lastDay, minute: NOON }))
      const said = { name: firstName(worker.name), day }
      return html`<p>
        ${substitute === '' ? t('plan.away', said) : t('plan.awayInstead', { ...said, substitute })}
      </p>`
    })
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-home-away': NvHomeAway
  }
}
