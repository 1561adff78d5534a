import type { CitizenPresence, PersonId } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { loadChecklist } from '../../device-check/load-checklist.ts'
import { deviceDesk } from '../../services/device/device-desk.ts'
import { travelClient } from '../../services/travel-client.ts'
import { baseStyles } from '../../styles/base.styles.ts'
import { buttonStyles } from '../../styles/button.styles.ts'
import { page } from '../../texts/page.ts'
import type { DeviceSource } from '../../components/nv-device-list.ts'
import type { TravelSource } from '../../components/nv-travel.ts'
import { firstName, t, type TextKey } from '../../texts/text.ts'

/** What can be opened beside a citizen; its code comes when it is wanted. */
const EXTRAS = {
  pickUp: {
    words: 'pickup.open',
    load: page(['beside'], () => import('../../components/nv-pick-up-choice.ts')),
  },
  visit: { words: 'staff.visit', load: loadChecklist },
  devices: { words: 'devices.show', load: () => import('../../components/nv-device-list.ts') },
  travel: {
    words: 'travel.open',
    load: () => import('../../components/nv-travel.ts'),
  },
} as const satisfies Record<string, { words: TextKey; load: () => Promise<unknown> }>

/** One of what can be opened. */
export type Extra = keyof typeof EXTRAS

/** What is seldom wanted of a citizen: one line of buttons, of which one may be open. */
@customElement('nv-citizen-extras')
export class NvCitizenExtras extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: block;
      }

      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--nv-space-4);
        margin-inline-start: -0.5em;
      }

      .button {
        text-align: start;
      }

      .open {
        padding-block: var(--nv-space-2) var(--nv-space-3);
      }
    `,
  ]

  @property({ attribute: false }) citizen!: CitizenPresence
  /** What is offered here, in this order. */
  @property({ attribute: false }) extras: readonly Extra[] = []
  @state() private open: Extra | null = null

  async #toggle(extra: Extra): Promise<void> {
    const isOpen = this.open === extra
    if (!isOpen) await EXTRAS[extra].load()
    this.open = isOpen ? null : extra
  }

  protected override render(): TemplateResult {
    return html`<div class="buttons">${this.extras.map((extra) => this.#renderButton(extra))}</div>
      ${this.open === null ? nothing : html`<div class="open">${this.#renderOpen(this.open)}</div>`}`
  }

  #renderButton(extra: Extra): TemplateResult {
    const words = t(EXTRAS[extra].words)
    return html`<button
      class="button plain"
      type="button"
      aria-label=${`${words}, ${this.citizen.person.name}`}
      aria-expanded=${this.open === extra}
      @click=${() => void this.#toggle(extra)}
    >
      ${words}
    </button>`
  }

  #renderOpen(extra: Extra): TemplateResult {
    const { id, name } = this.citizen.person
    const { assignment } = this.citizen
    switch (extra) {
      case 'pickUp':
        return html`<nv-pick-up-choice
          .citizenId=${id}
          .name=${firstName(name)}
        ></nv-pick-up-choice>`
      case 'visit':
        return html`<nv-checklist .citizenId=${id}></nv-checklist>`
      case 'devices':
        return html`<nv-device-list .name=${name} .source=${devicesOf(id)}></nv-device-list>`
      case 'travel':
        return html`<nv-travel
          .name=${firstName(name)}
          .source=${travelTo(id)}
          .isSubstitute=${assignment === 'substitute'}
        ></nv-travel>`
    }
  }
}

const devicesOf = (citizenId: PersonId): DeviceSource => ({
  list: () => deviceDesk.listOf(citizenId),
  revoke: (deviceId) => deviceDesk.revoke(citizenId, deviceId),
})

const travelTo = (citizenId: PersonId): TravelSource => ({
  load: () => travelClient.fetch(citizenId),
  save: (travel) => travelClient.save(citizenId, travel),
})

declare global {
  interface HTMLElementTagNameMap {
    'nv-citizen-extras': NvCitizenExtras
  }
}
