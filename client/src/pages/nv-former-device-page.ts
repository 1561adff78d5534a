import { css, html, LitElement, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import '../components/nv-about-link.ts'
import '../components/nv-duty-phone.ts'
import '../components/nv-scene.ts'
import '../components/nv-screen.ts'
import { describeThisDevice } from '../components/this-device-words.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'

/**
 * On a device that was disconnected because somebody wanted it: what was chosen, that nothing more
 * comes, and how to begin again. Nothing is wrong with it, and so nothing here says so.
 */
@customElement('nv-former-device-page')
export class NvFormerDevicePage extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      h1 {
        font-size: var(--nv-text-2xl);
      }
    `,
  ]

  /** Whether the citizen has said stop; otherwise somebody has disconnected just this device. */
  @property({ type: Boolean }) isStopped = false
  /** Whom to ring for a code; null where the municipality has given no number. */
  @property() dutyPhone: string | null = null

  constructor() {
    super()
    new FocusHeading(this, () => 'former')
  }

  protected override render(): TemplateResult {
    const device = describeThisDevice()
    return html`<nv-screen rings="none">
      <nv-scene kind="hills"></nv-scene>
      <h1 tabindex="-1">
        ${this.isStopped ? t('former.stopped') : t('former.removed', { device })}
      </h1>
      <p>${this.isStopped ? t('former.stoppedBody', { device }) : t('former.removedBody')}</p>
      <p>${t('former.again')}</p>
      <nv-duty-phone .phone=${this.dutyPhone}></nv-duty-phone>
      <nv-about-link></nv-about-link>
      <a slot="actions" class="button" href="/start">${t('former.code')}</a>
    </nv-screen>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-former-device-page': NvFormerDevicePage
  }
}
