import type { Side } from '@naervaer/shared'
import { consume } from '@lit/context'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement } from 'lit/decorators.js'
import { callsContext, connectionContext } from '../app/contexts.ts'
import type { CallControl, CallSnapshot } from '../call/call-snapshot.ts'
import '../components/nv-call-aside.ts'
import '../components/nv-call-ended.ts'
import '../components/nv-outgoing-call.ts'
import '../components/nv-talk.ts'
import { StoreController } from '../controllers/store-controller.ts'
import type { ConnectionState } from '../services/connection-state.ts'
import type { Store } from '../services/store.ts'
import { baseStyles } from '../styles/base.styles.ts'

/** A call from the worker's ring, or the citizen's answer, to its end. Leaving the page ends nothing. */
@customElement('nv-call-page')
export class NvCallPage extends LitElement {
  static override styles = baseStyles

  @consume({ context: callsContext }) private calls!: CallControl
  @consume({ context: connectionContext }) private connectionStore!: Store<ConnectionState>
  readonly #snapshot = new StoreController(this, () => this.calls.snapshot)
  readonly #connection = new StoreController(this, () => this.connectionStore)

  #ringAgain(): void {
    const citizenId = this.#snapshot.value.call?.citizen.id
    this.calls.dismiss()
    if (citizenId !== undefined) void this.calls.ring(citizenId)
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
          @nv-dismiss=${() => this.calls.dismiss()}
          @nv-ring-again=${() => this.#ringAgain()}
        ></nv-call-ended>`
      case 'elsewhere':
      case 'vacant':
        return html`<nv-call-aside
          .snapshot=${snapshot}
          @nv-take-over=${() => void this.calls.takeOver()}
          @nv-hang-up=${() => void this.calls.hangUp()}
        ></nv-call-aside>`
      case 'idle':
      case 'incoming':
        return nothing
    }
  }

  #renderTalk(snapshot: CallSnapshot): TemplateResult {
    return html`<nv-talk
      .snapshot=${snapshot}
      .connection=${this.#connection.value}
      .startsWithSelf=${sideOf(snapshot) === 'worker'}
      @nv-set-camera=${(event: CustomEvent<{ isOn: boolean }>) =>
        void this.calls.setCamera(event.detail.isOn)}
      @nv-set-microphone=${(event: CustomEvent<{ isOn: boolean }>) =>
        void this.calls.setMicrophone(event.detail.isOn)}
      @nv-hang-up=${() => void this.calls.hangUp()}
    ></nv-talk>`
  }
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
