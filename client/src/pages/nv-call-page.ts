import type { PersonId, Side } from '@naervaer/shared'
import { consume } from '@lit/context'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { loadBeside } from './beside.ts'
import { loadWorkerCall } from './worker-call.ts'
import { callsContext, connectionContext } from '../app/contexts.ts'
import type { CallControl, CallSnapshot } from '../call/call-snapshot.ts'
import '../components/nv-call-aside.ts'
import '../components/nv-call-ended.ts'
import '../components/nv-talk.ts'
import { LateElement } from '../controllers/late-element.ts'
import { StoreController } from '../controllers/store-controller.ts'
import { TextNews } from '../controllers/text-news.ts'
import type { ConnectionState } from '../services/socket/connection-state.ts'
import type { Store } from '../services/store.ts'
import type { OwnDeviceKind } from '../components/talk-notices.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { firstName } from '../texts/text.ts'

/** Without a pause nobody would see or hear that the same sentence has been said again. */
const SAY_AGAIN_MS = 300

/** A call from the worker's ring, or the citizen's answer, to its end. Leaving the page ends nothing. */
@customElement('nv-call-page')
export class NvCallPage extends LitElement {
  static override styles = baseStyles

  @consume({ context: callsContext }) private calls!: CallControl
  @consume({ context: connectionContext }) private connectionStore!: Store<ConnectionState>
  readonly #snapshot = new StoreController(this, () => this.calls.snapshot)
  readonly #back = new StoreController(this, () => this.calls.back.state)
  readonly #connection = new StoreController(this, () => this.connectionStore)
  readonly #beside = new LateElement(this, loadBeside)

  /** The device that has just been tried again, in vain. */
  @state() private stillOff: OwnDeviceKind | null = null

  @state() private isWorkerCallHere = false

  /** The place for writing is open. */
  @state() private isWriting = false
  /** It was opened by hand, to write at once. */
  #isWritingWanted = false

  constructor() {
    super()
    // What the other writes is to be seen, whether or not one has thought of looking for it.
    new TextNews(
      this,
      () => this.#snapshot.value.features?.text ?? null,
      () => (this.isWriting = true),
    )
  }

  #setWriting(isOn: boolean): void {
    this.isWriting = isOn
    this.#isWritingWanted = isOn
  }

  async #setDevice(kind: OwnDeviceKind, isOn: boolean): Promise<void> {
    const { calls } = this
    const before = calls.snapshot.value.ownMedia[kind]
    this.stillOff = null
    await Promise.all([
      kind === 'camera' ? calls.setCamera(isOn) : calls.setMicrophone(isOn),
      new Promise((resolve) => setTimeout(resolve, SAY_AGAIN_MS)),
    ])
    const after = calls.snapshot.value.ownMedia[kind]
    if (isOn && before !== 'off' && after === before) this.stillOff = kind
  }

  #ringAgain(): void {
    const { call } = this.#snapshot.value
    this.calls.dismiss()
    if (call !== null) void this.calls.ring(call.citizen.id, { isAlone: call.isWorkerAlone })
  }

  /** There already where the worker's own page was before; what failed is tried with the next news. */
  #needWorkerCall(snapshot: CallSnapshot): void {
    if (this.isWorkerCallHere || snapshot.call === null || sideOf(snapshot) === 'citizen') return
    loadWorkerCall().then(
      () => (this.isWorkerCallHere = true),
      () => undefined,
    )
  }

  protected override willUpdate(): void {
    this.#needWorkerCall(this.#snapshot.value)
  }

  protected override render(): TemplateResult | typeof nothing {
    const snapshot = this.#snapshot.value
    switch (snapshot.phase) {
      case 'outgoing':
        return html`<nv-outgoing-call
          .snapshot=${snapshot}
          @nv-cancel=${() => void this.calls.cancel()}
        ></nv-outgoing-call>`
      case 'talking':
        return this.#renderTalk(snapshot)
      case 'ended':
        return html`<nv-call-ended
          .snapshot=${snapshot}
          .side=${sideOf(snapshot)}
          .hasWords=${this.isWorkerCallHere}
          .back=${this.#back.value.own}
          .isBackAsked=${this.#isAskedBy(snapshot.call?.citizen.id)}
          @nv-go-back=${() => void this.calls.back.goBack()}
          @nv-stop-going-back=${() => void this.calls.back.stop()}
          @nv-dismiss=${() => this.calls.dismiss()}
          @nv-ring-again=${() => this.#ringAgain()}
          >${renderSteps(snapshot)}</nv-call-ended
        >`
      case 'elsewhere':
      case 'vacant':
        return html`<nv-call-aside
          .snapshot=${snapshot}
          .side=${sideOf(snapshot)}
          @nv-dismiss=${() => this.calls.dismiss()}
          @nv-take-over=${() => void this.calls.takeOver()}
          @nv-hang-up=${() => void this.calls.hangUp()}
        ></nv-call-aside>`
      case 'idle':
      case 'incoming':
        return nothing
    }
  }

  /** Whether the citizen of this very call wants to go back to it. */
  #isAskedBy(citizenId: PersonId | undefined): boolean {
    return this.#back.value.asked.some(({ id }) => id === citizenId)
  }

  #renderTalk(snapshot: CallSnapshot): TemplateResult {
    return html`<nv-talk
      .snapshot=${snapshot}
      .connection=${this.#connection.value}
      .startsWithSelf=${sideOf(snapshot) === 'worker'}
      .stillOff=${this.stillOff}
      .canWrite=${this.#beside.isHere && snapshot.features !== null}
      .isWriting=${this.isWriting && snapshot.features !== null}
      @nv-write=${(event: CustomEvent<{ isOn: boolean }>) => this.#setWriting(event.detail.isOn)}
      @nv-close-text=${() => this.#setWriting(false)}
      @nv-set-camera=${(event: CustomEvent<{ isOn: boolean }>) =>
        void this.#setDevice('camera', event.detail.isOn)}
      @nv-set-microphone=${(event: CustomEvent<{ isOn: boolean }>) =>
        void this.#setDevice('microphone', event.detail.isOn)}
      @nv-pause=${() => void this.calls.setPaused(!snapshot.isPaused)}
      @nv-recover=${() => void this.calls.recoverMedia()}
      @nv-hang-up=${() => void this.calls.hangUp()}
      >${this.#beside.isHere ? this.#renderBeside(snapshot) : nothing}</nv-talk
    >`
  }

  #renderBeside({ call, features, counterpart }: CallSnapshot): TemplateResult | typeof nothing {
    if (features === null || call === null) return nothing
    const name = firstName(counterpart?.name ?? '')
    return html`
      <nv-pick-up slot="notice" .call=${call}></nv-pick-up>
      ${
        this.isWriting
          ? html`<nv-live-text
              slot="text"
              .feature=${features.text}
              .name=${name}
              .takesFocus=${this.#isWritingWanted}
            ></nv-live-text>`
          : nothing
      }
      <nv-digits
        slot="more"
        .feature=${features.digits}
        .name=${name}
        .isForStaff=${sideOf(this.#snapshot.value) === 'worker'}
      ></nv-digits>
    `
  }
}

/** What the worker may do after a call; the code comes with what workers see of calls. */
function renderSteps(snapshot: CallSnapshot): TemplateResult | typeof nothing {
  const { call } = snapshot
  if (sideOf(snapshot) === 'citizen') return nothing
  if (call?.connectedAt) return html`<nv-after-talk .call=${call}></nv-after-talk>`
  const isUntaken = call?.outcome === 'missed' || call?.outcome === 'unreachable'
  return isUntaken ? html`<nv-next-steps .call=${call}></nv-next-steps>` : nothing
}

/** Which side of the call this person is on. */
function sideOf({ call, counterpart }: CallSnapshot): Side {
  return call !== null && counterpart?.id === call.worker.id ? 'citizen' : 'worker'
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-call-page': NvCallPage
  }
}
