import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import type { CallSnapshot } from '../call/call-snapshot.ts'
import { deviceChoice } from '../call/media/chosen-devices.ts'
import { FeatureStates } from '../controllers/feature-states.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { LateElement } from '../controllers/late-element.ts'
import { SlowWatch } from '../controllers/slow-watch.ts'
import { StoreController } from '../controllers/store-controller.ts'
import type { ConnectionState } from '../services/socket/connection-state.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { firstName, t } from '../texts/text.ts'
import { aloneIcon, goOnIcon, screenIcon, soundIcon } from './icons.ts'
import './nv-call-controls.ts'
import './nv-error-notice.ts'
import './nv-quality-notices.ts'
import './nv-rings.ts'
import './nv-video-tile.ts'
import { talkStyles } from './nv-talk.styles.ts'
import {
  describeStage,
  describeTalk,
  isTogether,
  type OwnDeviceKind,
  type Stage,
} from './talk-notices.ts'
import { loadTalkMore } from './talk-more.ts'
import type { NvTalkMore } from './nv-talk-more.ts'
import type { NvVideoTile } from './nv-video-tile.ts'

/** Opening the devices takes this long only when the browser asks the person first. */
const ASKING_AFTER_MS = 1_000

/**
 * A talk: the other's picture as large as the screen allows, what is worth knowing below it, and the
 * buttons. Nothing lies over the other's face but one's own picture, and that only when it is wanted.
 *
 * @slot text - what the two write to each other, while `isWriting`: below the picture, or beside it
 * @slot notice - one more sentence below the picture
 * @slot more - further rows of `nv-talk-more`
 * @fires nv-set-camera, nv-set-microphone, nv-write, nv-pause, nv-hang-up - from `nv-call-controls`
 * @fires nv-recover - what the system has taken away is to be fetched
 */
@customElement('nv-talk')
export class NvTalk extends LitElement {
  static override styles = [baseStyles, buttonStyles, talkStyles]

  @property({ attribute: false }) snapshot!: CallSnapshot
  @property() connection: ConnectionState = 'open'
  /** Whether one's own picture is shown from the beginning. */
  @property({ type: Boolean }) startsWithSelf = false

  /** Whether there can be a place for writing. */
  @property({ type: Boolean }) canWrite = false
  /** Whether the place for writing is open. */
  @property({ type: Boolean, reflect: true, attribute: 'writing' }) isWriting = false

  /** The device that has just been tried again, in vain. */
  @property() stillOff: OwnDeviceKind | null = null

  @state() private isSelfShown = false
  @state() private isPlaybackBlocked = false
  /** The video has drawn something of the other side. */
  @state() private hasPicture = false
  @query('nv-talk-more') private more!: NvTalkMore | null
  @query('nv-video-tile.remote') private remoteTile!: NvVideoTile
  readonly #heading = new FocusHeading(this, () => this.snapshot.call?.id ?? '')
  readonly #asking = new SlowWatch(this, () => this.snapshot.isOpening, ASKING_AFTER_MS)

  readonly #features = new FeatureStates(this, () => this.snapshot.features)
  readonly #devices = new StoreController(this, () => deviceChoice.state)
  readonly #sheet = new LateElement(this, loadTalkMore)

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('startsWithSelf') && !this.hasUpdated) this.isSelfShown = this.startsWithSelf
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    // The whole screen was for the talk.
    if (document.fullscreenElement !== null) document.exitFullscreen().catch(() => undefined)
  }

  #setSelfView(event: CustomEvent<{ isOn: boolean }>): void {
    this.isSelfShown = event.detail.isOn
  }

  /** Should the browser refuse again, the button comes back. */
  #playSound(): void {
    void this.remoteTile.play()
    this.isPlaybackBlocked = false
    void this.#heading.focus()
  }

  get #name(): string {
    return firstName(this.snapshot.counterpart?.name ?? '')
  }

  protected override render(): TemplateResult {
    const { isPaused } = this.snapshot
    return html`
      <h1 class="visually-hidden" tabindex="-1">${t('call.with', { name: this.#name })}</h1>
      <div class="stage">${this.#renderRemote()} ${isPaused ? nothing : this.#renderSelf()}</div>
      ${
        this.isWriting
          ? html`<div class="text" ?hidden=${isPaused}><slot name="text"></slot></div>`
          : nothing
      }
      ${this.#renderNotices()}
      <nv-call-controls
        .media=${this.snapshot.ownMedia}
        .canWrite=${this.canWrite}
        .isWriting=${this.isWriting}
        .isPaused=${isPaused}
        .hasMore=${this.#sheet.isHere}
        @nv-more=${() => void this.more?.open()}
      ></nv-call-controls>
      ${this.#sheet.isHere ? this.#renderSheet() : nothing}
    `
  }

  #renderSheet(): TemplateResult {
    return html`<nv-talk-more
      .features=${this.snapshot.features}
      .hasSelf=${this.#hasSelf}
      .isSelfShown=${this.isSelfShown}
      .mayFloat=${this.startsWithSelf}
      @nv-set-self-view=${(event: CustomEvent<{ isOn: boolean }>) => this.#setSelfView(event)}
      @nv-float=${() => void this.remoteTile.toggleFloating()}
    >
      <slot name="more"></slot>
    </nv-talk-more>`
  }

  #renderRemote(): TemplateResult {
    const { connection, hasPicture } = this
    const { pause, screen, quality } = this.#features
    const isScreen = screen.isOther
    const stage = describeStage(this.snapshot, {
      connection,
      hasPicture,
      isScreen,
      isOtherPaused: pause.isOther,
      isGivenUp: quality.otherLine === 'soundOnly',
    })
    return html`
      <nv-video-tile
        class="remote"
        .stream=${this.snapshot.remoteStream}
        .quality=${this.snapshot.features?.quality ?? null}
        .label=${t(isScreen ? 'call.otherScreenPicture' : 'call.otherPicture', { name: this.#name })}
        .isCovered=${!this.#isPictureDue}
        .isWhole=${isScreen}
        .isSilent=${this.snapshot.isPaused}
        .mayFloat=${this.startsWithSelf}
        .loudspeaker=${this.#devices.value.loudspeaker}
        @nv-picture=${() => (this.hasPicture = this.remoteTile.hasPicture)}
        @nv-playback-blocked=${() => (this.isPlaybackBlocked = true)}
        @nv-playback-started=${() => (this.isPlaybackBlocked = false)}
      ></nv-video-tile>
      <div role="status">
        ${this.snapshot.isPaused ? this.#renderPause() : stage === null ? nothing : this.#renderStage(stage)}
      </div>
    `
  }

  /** Whether what the video draws now would be the other's picture of now. */
  get #isPictureDue(): boolean {
    const { counterpartMedia } = this.snapshot
    const { pause, screen, quality } = this.#features
    if (!isTogether(this.snapshot) || this.snapshot.isPaused || pause.isOther) return false
    if (quality.otherLine === 'soundOnly') return false
    return screen.isOther || (counterpartMedia?.camera ?? 'on') === 'on'
  }

  #renderStage({ sentence, isTogether }: Stage): TemplateResult {
    return html`<div class="no-picture">
      <nv-rings .state=${isTogether ? 'near' : 'meeting'}></nv-rings>
      <p class="name">${this.#name}</p>
      <p>${sentence}</p>
    </div>`
  }

  /** Over everything, so that whoever comes into the room sees nobody. */
  #renderPause(): TemplateResult {
    return html`<div class="no-picture">
      <nv-rings .state=${'apart'}></nv-rings>
      <p class="name">${t('call.paused')}</p>
      <p>${t('call.pausedHear', { name: this.#name })}</p>
    </div>`
  }

  #renderSoundButton(): TemplateResult {
    return html`<button
      class="button primary sound"
      type="button"
      @click=${() => this.#playSound()}
    >
      ${soundIcon}${t('media.sound')}
    </button>`
  }

  get #hasSelf(): boolean {
    return this.snapshot.localStream !== null && this.snapshot.ownMedia.camera === 'on'
  }

  #renderSelf(): TemplateResult | typeof nothing {
    if (!this.isSelfShown || !this.#hasSelf) return nothing
    return html`<nv-video-tile
      class="self"
      party="self"
      .stream=${this.snapshot.localStream}
      .quality=${this.snapshot.features?.quality ?? null}
      .label=${t('call.ownPicture')}
    ></nv-video-tile>`
  }

  /** The containers stay while sentences come and go: only then do screen readers announce them. */
  #renderNotices(): TemplateResult {
    const { pause, alone, screen, quality } = this.#features
    const { isPaused } = this.snapshot
    const sentences = describeTalk(this.snapshot, {
      isAsking: this.#asking.isSlow,
      stillOff: this.stillOff,
      isTouch: matchMedia('(pointer: coarse)').matches,
      isInstalled: matchMedia('(display-mode: standalone)').matches,
      isPaused,
      isOtherPaused: pause.isOther,
      isScreenShown: screen.isOwn,
      isOtherScreenShown: screen.isOther,
      isSpokenInVain: quality.isSpeakingWhileOff,
    })
    return html`
      <div class="notices">
        <div class="alone" role="status">
          ${alone.isOtherNot ? this.#renderNotAlone('call.otherNotAlone') : nothing}
          ${alone.isOwnNot ? this.#renderNotAlone('call.notAloneShown') : nothing}
        </div>
        <div role="status">${sentences.map((sentence) => html`<p>${sentence}</p>`)}</div>
        ${isPaused ? nothing : this.#renderQuality()}
        <nv-error-notice .code=${this.snapshot.error}></nv-error-notice>
        ${this.isPlaybackBlocked ? this.#renderSoundButton() : nothing}
        ${isPaused ? nothing : this.#renderRemedies()}
        <slot name="notice"></slot>
      </div>
    `
  }

  #renderQuality(): TemplateResult {
    const { features } = this.snapshot
    return html`<nv-quality-notices
      .quality=${features?.quality ?? null}
      .name=${this.#name}
    ></nv-quality-notices>`
  }

  #renderNotAlone(key: 'call.otherNotAlone' | 'call.notAloneShown'): TemplateResult {
    return html`<p class="not-alone">${aloneIcon}<span>${t(key, { name: this.#name })}</span></p>`
  }

  /** What ends with one tap what the sentences tell of. */
  #renderRemedies(): TemplateResult {
    const { alone, screen } = this.#features
    const { features } = this.snapshot
    return html`<div class="remedies">
      ${
        this.snapshot.isInterrupted
          ? renderRemedy(goOnIcon, 'media.comeBack', () => this.#recover())
          : nothing
      }
      ${
        screen.isOwn
          ? renderRemedy(screenIcon, 'call.stopScreen', () => features?.screen.stop())
          : nothing
      }
      ${
        alone.isOwnNot
          ? renderRemedy(aloneIcon, 'call.aloneAgain', () => features?.alone.set(true))
          : nothing
      }
    </div>`
  }

  #recover(): void {
    this.dispatchEvent(new Event('nv-recover', { bubbles: true, composed: true }))
  }
}

function renderRemedy(
  icon: TemplateResult,
  key: 'media.comeBack' | 'call.stopScreen' | 'call.aloneAgain',
  act: () => void,
): TemplateResult {
  return html`<button class="button" type="button" @click=${act}>${icon}${t(key)}</button>`
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-talk': NvTalk
  }
  interface HTMLElementEventMap {
    'nv-recover': Event
  }
}
