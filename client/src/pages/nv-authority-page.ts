import type { OffersReply, OfferState } from '@naervaer/shared'
import { css, html, nothing, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type { Administration } from '../services/administration-client.ts'
import { t } from '../texts/text.ts'
import { StaffPage } from './staff-page.ts'

type Offers = OffersReply['citizens']

/** How the offer stands with each citizen: name and answer, and nothing else of them. */
@customElement('nv-authority-page')
export class NvAuthorityPage extends StaffPage {
  static override styles = [
    StaffPage.styles,
    css`
      @media (min-width: 48rem) {
        [role='row'] {
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        }
      }
    `,
  ]

  protected readonly view = 'offers'
  @state() private offers: Offers | null = null
  @state() private next: OffersReply['next'] = null

  protected async load(administration: Administration): Promise<void> {
    const { citizens, next } = await administration.fetchOffers(null)
    this.offers = citizens
    this.next = next
  }

  #loadMore(): void {
    void this.ask(async (administration) => {
      const { citizens, next } = await administration.fetchOffers(this.next)
      this.offers = [...(this.offers ?? []), ...citizens]
      this.next = next
    })
  }

  protected override render(): TemplateResult {
    const { offers } = this
    return this.renderPage(
      t('offers.title'),
      html`<p class="hint">${t('offers.about')}</p>
        ${offers === null ? nothing : this.#renderOffers(offers)}`,
    )
  }

  #renderOffers(offers: Offers): TemplateResult {
    if (offers.length === 0) return html`<p>${t('offers.none')}</p>`
    return html`<div role="table" aria-label=${t('offers.title')}>
        <div class="heads" role="rowgroup">
          <div role="row">
            <span role="columnheader">${t('lead.citizen')}</span>
            <span role="columnheader">${t('offers.state')}</span>
          </div>
        </div>
        <div role="rowgroup">
          ${repeat(
            offers,
            ({ person }) => person.id,
            ({ person, state }) =>
              html`<div role="row">
                <span role="rowheader">${person.name}</span>
                <span role="cell">${describeOffer(state)}</span>
              </div>`,
          )}
        </div>
      </div>
      ${
        this.next === null
          ? nothing
          : html`<button
              class="button"
              type="button"
              aria-disabled=${this.work.isBusy}
              @click=${() => this.#loadMore()}
            >
              ${t('offers.more')}
            </button>`
      }`
  }
}

function describeOffer(state: OfferState): string {
  return t(`choice.${state}`)
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-authority-page': NvAuthorityPage
  }
}
