import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import type { CallSnapshot } from '../call/call-snapshot.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { SlowWatch } from '../controllers/slow-watch.ts'
import type { ConnectionState } from '../services/connection-state.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { firstName, t } from '../texts/text.ts'
import { soundIcon } from './icons.ts'
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
import type { NvVideoTile } from './nv-video-tile.ts'

/** Opening the devices takes this long only when the browser asks the person first. */
const ASKING_AFTER_MS = 1_000

/**
 * A talk: the other's picture as large as the screen allows, what is worth knowing below it, and the
 * buttons. Nothing lies over the other's face but one's own picture, and that only when it is wanted.
 *
 * @fires nv-set-camera, nv-set-microphone, nv-hang-up - from `nv-call-controls`
 */
@customElement('nv-talk')
export class NvTalk extends LitElement {
  static override styles = [baseStyles, buttonStyles, talkStyles]

  @property({ attribute: false }) snapshot!: CallSnapshot
  @property() connection: ConnectionState = 'open'
  /** Whether one's own picture is shown from the beginning. */
  @property({ type: Boolean }) startsWithSelf = false

  /** The device that has just been tried again, in vain. */
  @property() stillOff: OwnDeviceKind | null = null

  @state() private isSelfShown = false
  @state() private isPlaybackBlocked = false
  /** The video has drawn something of the other side. */
  @state() private hasPicture = false
  @query('nv-video-tile.remote') private remoteTile!: NvVideoTile
  readonly #heading = new FocusHeading(this, () => this.snapshot.call?.id ?? '')
  readonly #asking = new SlowWatch(this, () => this.snapshot.isOpening, ASKING_AFTER_MS)

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('startsWithSelf') && !this.hasUpdated) this.isSelfShown = this.startsWithSelf
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
    return html`
      <h1 class="visually-hidden" tabindex="-1">${t('call.with', { name: this.#name })}</h1>
      <div class="stage">${this.#renderRemote()} ${this.#renderSelf()}</div>
      ${this.#renderNotices()}
      <nv-call-controls
        .media=${this.snapshot.ownMedia}
        .isSelfShown=${this.isSelfShown}
        .hasSelf=${this.#hasSelf}
        @nv-set-self-view=${(event: CustomEvent<{ isOn: boolean }>) => this.#setSelfView(event)}
      ></nv-call-controls>
    `
  }

  #renderRemote(): TemplateResult {
    const { connection, hasPicture } = this
    const stage = describeStage(this.snapshot, { connection, hasPicture })
    return html`
      <nv-video-tile
        class="remote"
        .stream=${this.snapshot.remoteStream}
        .quality=${this.snapshot.features?.quality ?? null}
        .label=${t('call.otherPicture', { name: this.#name })}
        .isCovered=${!this.#isPictureDue}
        @nv-picture=${() => (this.hasPicture = this.remoteTile.hasPicture)}
        @nv-playback-blocked=${() => (this.isPlaybackBlocked = true)}
        @nv-playback-started=${() => (this.isPlaybackBlocked = false)}
      ></nv-video-tile>
      <div role="status">${stage === null ? nothing : this.#renderStage(stage)}</div>
    `
  }

  /** Whether what the video draws now would be the other's picture of now. */
  get #isPictureDue(): boolean {
    const { counterpartMedia } = this.snapshot
    return isTogether(this.snapshot) && (counterpartMedia?.camera ?? 'on') === 'on'
  }

  #renderStage({ sentence, isTogether }: Stage): TemplateResult {
    return html`<div class="no-picture">
      <nv-rings .state=${isTogether ? 'near' : 'meeting'}></nv-rings>
      <p class="name">${this.#name}</p>
      <p>${sentence}</p>
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
    const sentences = describeTalk(this.snapshot, {
      isAsking: this.#asking.isSlow,
      stillOff: this.stillOff,
      isTouch: matchMedia('(pointer: coarse)').matches,
      isInstalled: matchMedia('(display-mode: standalone)').matches,
    })
    return html`
      <div class="notices">
        <div role="status">${sentences.map((sentence) => html`<p>${sentence}</p>`)}</div>
        <nv-quality-notices
          .quality=${this.snapshot.features?.quality ?? null}
          .name=${this.#name}
        ></nv-quality-notices>
        <nv-error-notice .code=${this.snapshot.error}></nv-error-notice>
        ${this.isPlaybackBlocked ? this.#renderSoundButton() : nothing}
      </div>
    `
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-talk': NvTalk
  }
}
