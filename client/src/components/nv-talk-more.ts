import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import type { TalkFeatures } from '../call/features/features.ts'
import { FeatureStates } from '../controllers/feature-states.ts'
import { StoreController } from '../controllers/store-controller.ts'
import { Store } from '../services/store.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'
import { aloneIcon, backIcon, screenIcon } from './icons.ts'
import {
  closeIcon,
  devicesIcon,
  floatIcon,
  fullscreenIcon,
  selfIcon,
  turnIcon,
} from './talk-icons.ts'
import { moreRowStyles } from './more-row.styles.ts'
import './nv-device-choice.ts'
import { talkMoreStyles } from './nv-talk-more.styles.ts'

interface Row {
  readonly icon: TemplateResult
  readonly words: string
  readonly isThere: boolean
  readonly act: () => void
}

/**
 * What is seldom needed in a talk: a sheet of large rows over the lower part of the screen. A row that
 * does something closes it again.
 *
 * @slot - further rows, of other elements
 * @fires nv-set-self-view - detail: whether one's own picture is to be shown
 * @fires nv-float - the other's picture into a small window of its own, or back
 */
@customElement('nv-talk-more')
export class NvTalkMore extends LitElement {
  static override styles = [baseStyles, buttonStyles, moreRowStyles, talkMoreStyles]

  @property({ attribute: false }) features: TalkFeatures | null = null
  /** Whether there is an own picture to show or hide. */
  @property({ type: Boolean }) hasSelf = false
  @property({ type: Boolean }) isSelfShown = false
  /** Whether the other's picture may be put into a small window. */
  @property({ type: Boolean }) mayFloat = false

  @state() private isChoosing = false
  @query('dialog') private dialog!: HTMLDialogElement
  readonly #states = new FeatureStates(this, () => this.features)
  readonly #lists = new StoreController(this, () => this.features?.devices.lists ?? NO_LISTS)

  async open(): Promise<void> {
    this.isChoosing = false
    // What the browser does with its windows is not told to the rows.
    this.requestUpdate()
    await this.updateComplete
    if (!this.dialog.open) this.dialog.showModal()
  }

  close(): void {
    this.dialog.close()
  }

  get #rows(): readonly Row[] {
    const { features } = this
    const { lists } = features?.devices ?? {}
    const isTouch = matchMedia('(pointer: coarse)').matches
    const isFull = document.fullscreenElement !== null
    return [
      {
        icon: aloneIcon,
        words: t(this.#states.alone.isOwnNot ? 'call.aloneAgain' : 'call.notAlone'),
        isThere: features !== null,
        act: () => features?.alone.set(this.#states.alone.isOwnNot),
      },
      {
        icon: selfIcon,
        words: t(this.isSelfShown ? 'call.hideSelf' : 'call.showSelf'),
        isThere: this.hasSelf,
        act: () => this.#setSelfView(!this.isSelfShown),
      },
      {
        icon: turnIcon,
        words: t('more.turnCamera'),
        isThere: this.hasSelf && isTouch && (lists?.value.camera.length ?? 0) > 1,
        act: () => void features?.devices.turnCamera(),
      },
      {
        icon: screenIcon,
        words: t(this.#states.screen.isOwn ? 'call.stopScreen' : 'more.showScreen'),
        isThere: features?.screen.canShow === true,
        act: () => this.#toggleScreen(),
      },
      {
        icon: fullscreenIcon,
        words: t(isFull ? 'more.fullscreenEnd' : 'more.fullscreen'),
        isThere: document.fullscreenEnabled,
        act: () => void toggleFullscreen().catch(() => undefined),
      },
      {
        icon: floatIcon,
        words: t('more.float'),
        isThere: this.mayFloat && document.pictureInPictureEnabled,
        act: () => this.dispatchEvent(new Event('nv-float', { bubbles: true, composed: true })),
      },
    ]
  }

  #setSelfView(isOn: boolean): void {
    const detail = { isOn }
    this.dispatchEvent(
      new CustomEvent('nv-set-self-view', { bubbles: true, composed: true, detail }),
    )
  }

  #toggleScreen(): void {
    if (this.#states.screen.isOwn) this.features?.screen.stop()
    else void this.features?.screen.show()
  }

  protected override render(): TemplateResult {
    return html`<dialog aria-labelledby="title" @close=${() => (this.isChoosing = false)}>
      ${this.isChoosing ? this.#renderDevices() : this.#renderRows()}
      <button class="button" type="button" @click=${() => this.close()}>
        ${closeIcon}${t('call.close')}
      </button>
    </dialog>`
  }

  #renderRows(): TemplateResult {
    return html`
      <h2 id="title">${t('call.moreTitle')}</h2>
      <div class="rows">
        ${this.#rows.filter(({ isThere }) => isThere).map((row) => this.#renderRow(row))}
        <slot></slot>
        ${this.#hasDevices ? this.#renderDevicesRow() : nothing}
      </div>
    `
  }

  #renderRow({ icon, words, act }: Row): TemplateResult {
    return html`<button
      class="button row"
      type="button"
      @click=${() => {
        this.close()
        act()
      }}
    >
      ${icon}${words}
    </button>`
  }

  get #hasDevices(): boolean {
    return Object.values(this.#lists.value).some((list) => list.length > 1)
  }

  #renderDevicesRow(): TemplateResult {
    return html`<button class="button row" type="button" @click=${() => (this.isChoosing = true)}>
      ${devicesIcon}${t('more.devices')}
    </button>`
  }

  #renderDevices(): TemplateResult {
    return html`
      <h2 id="title">${t('device.title')}</h2>
      <div class="rows">
        ${
          this.features === null
            ? nothing
            : html`<nv-device-choice .devices=${this.features.devices}></nv-device-choice>`
        }
        <button class="button row" type="button" @click=${() => (this.isChoosing = false)}>
          ${backIcon}${t('device.back')}
        </button>
      </div>
    `
  }
}

const NO_LISTS = new Store({ microphone: [], camera: [], loudspeaker: [] })

/** The whole page, so that the buttons come along. */
function toggleFullscreen(): Promise<void> {
  return document.fullscreenElement === null
    ? document.documentElement.requestFullscreen()
    : document.exitFullscreen()
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-talk-more': NvTalkMore
  }
  interface HTMLElementEventMap {
    'nv-set-self-view': CustomEvent<{ isOn: boolean }>
    'nv-float': Event
  }
}
