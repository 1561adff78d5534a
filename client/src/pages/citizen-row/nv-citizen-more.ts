import { CURRENT_VIDEO_TEXT, type CitizenPresence, type Person } from '@naervaer/shared'
import { isQuiet } from '@naervaer/shared/quiet'
import { consume } from '@lit/context'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { directoryContext, httpContext } from '../../app/contexts.ts'
import { StoreController } from '../../controllers/store-controller.ts'
import { Ticking } from '../../controllers/ticking.ts'
import { Work } from '../../controllers/work.ts'
import type { Directory } from '../../services/directory.ts'
import type { HttpClient } from '../../services/http-client.ts'
import type { Store } from '../../services/store.ts'
import { baseStyles } from '../../styles/base.styles.ts'
import { buttonStyles } from '../../styles/button.styles.ts'
import { currentLanguage, firstName, t } from '../../texts/text.ts'
import '../../components/nv-citizen-choice.ts'
import type { ChooseEvent } from '../../components/nv-citizen-choice.ts'
import './nv-citizen-extras.ts'
import type { Extra } from './nv-citizen-extras.ts'
import '../../components/nv-citizen-phone.ts'
import type { PhoneEvent } from '../../components/nv-citizen-phone.ts'
import '../../components/nv-error-notice.ts'
import '../../components/nv-protected-address.ts'
import type { ProtectEvent } from '../../components/nv-protected-address.ts'
import { describeQuiet } from '../../components/nv-quiet-ring.ts'
import '../../components/nv-plan-answers.ts'
import { readPlans } from '../../components/citizen-plans.ts'

const PLAN_EXTRAS: readonly Extra[] = ['pickUp']
const VISIT_EXTRAS: readonly Extra[] = ['visit', 'travel']
/** A substitute pairs none, and takes a lost one away. */
const SUBSTITUTE_EXTRAS: readonly Extra[] = ['devices', ...VISIT_EXTRAS]

/** Asks the page for the dialog that pairs a citizen's device. */
export class PairEvent extends Event {
  readonly citizen: Person

  constructor(citizen: Person) {
    super('nv-pair', { bubbles: true, composed: true })
    this.citizen = citizen
  }
}

/**
 * What is seldom wanted of a citizen, under four headings: appointments, telephone, visits and devices, video.
 *
 * @fires nv-pair
 * @fires nv-plan
 */
@customElement('nv-citizen-more')
export class NvCitizenMore extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: grid;
        gap: var(--nv-space-2);
        padding: var(--nv-space-3) var(--nv-space-4);
        border-inline-start: 4px solid var(--nv-rule);
        background: var(--nv-paper-raised);
      }

      section {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        align-items: start;
      }

      section + section {
        padding-block-start: var(--nv-space-2);
        border-block-start: 1px solid var(--nv-rule);
      }

      h3 {
        margin: 0;
        color: var(--nv-ink-soft);
        font-size: var(--nv-text-s);
        font-weight: 400;
      }

      .soft {
        color: var(--nv-ink-soft);
        font-size: var(--nv-text-s);
      }

      .pair {
        margin-inline-start: -0.5em;
        text-align: start;
      }

      @media (min-width: 60rem) {
        section {
          grid-template-columns: 10rem minmax(0, 1fr);
        }

        h3 {
          min-height: var(--nv-target);
          padding-block-start: 0.8em;
        }

        .video {
          padding-block-start: 0.8rem;
        }
      }
    `,
  ]

  @property({ attribute: false }) citizen!: CitizenPresence
  @consume({ context: httpContext }) private http!: Pick<
    HttpClient,
    'changeChoice' | 'protectAddress' | 'writePhone'
  >
  @consume({ context: directoryContext }) private directoryStore!: Store<Directory | null>
  readonly #directory = new StoreController(this, () => this.directoryStore)
  readonly #work = new Work(this)

  constructor() {
    super()
    new Ticking(this)
  }

  get #name(): string {
    return firstName(this.citizen.person.name)
  }

  get #isSubstitute(): boolean {
    return this.citizen.assignment === 'substitute'
  }

  #choose({ citizenId, wish }: ChooseEvent): void {
    void this.#work.run(() =>
      this.http.changeChoice(
        `/api/citizens/${citizenId}/choice/${wish.type}`,
        wish.type === 'answer'
          ? {
              answer: wish.answer,
              textVersion: CURRENT_VIDEO_TEXT.version,
              language: currentLanguage(),
            }
          : undefined,
      ),
    )
  }

  #writePhone({ phone }: PhoneEvent): void {
    void this.#work.run(() => this.http.writePhone(this.citizen.person.id, phone))
  }

  #protect({ isAddressProtected }: ProtectEvent): void {
    void this.#work.run(() => this.http.protectAddress(this.citizen.person.id, isAddressProtected))
  }

  protected override render(): TemplateResult {
    return html`<section aria-labelledby="plans">
        <h3 id="plans">${t('more.plans')}</h3>
        <div>${this.#renderPlans()}</div>
      </section>
      <section aria-labelledby="phone">
        <h3 id="phone">${t('planning.phone')}</h3>
        ${this.#renderPhone()}
      </section>
      <section aria-labelledby="visits">
        <h3 id="visits">${t('more.visits')}</h3>
        <div>${this.#renderVisits()}</div>
      </section>
      <section aria-labelledby="video">
        <h3 id="video">${t('planning.video')}</h3>
        <div class="video">${this.#renderVideo()}</div>
      </section>
      <nv-error-notice .code=${this.#work.error}></nv-error-notice>`
  }

  #renderPlans(): TemplateResult {
    const you = this.#directory.value?.you.id ?? ''
    const { standing, next, lateIn } = readPlans(this.citizen.appointments, you, Date.now())
    return html`<nv-plan-answers
        .name=${this.#name}
        .you=${you}
        .appointments=${standing}
        .late=${lateIn === 'more' ? next : null}
        isNewOffered
      ></nv-plan-answers>
      <nv-citizen-extras .citizen=${this.citizen} .extras=${PLAN_EXTRAS}></nv-citizen-extras>`
  }

  #renderPhone(): TemplateResult {
    return html`<nv-citizen-phone
      .name=${this.#name}
      .phone=${this.citizen.phone}
      .isBusy=${this.#work.isBusy}
      .isSubstitute=${this.#isSubstitute}
      @nv-phone=${(event: PhoneEvent) => {
        this.#writePhone(event)
      }}
    ></nv-citizen-phone>`
  }

  #renderVisits(): TemplateResult {
    const { citizen } = this
    if (this.#isSubstitute) {
      return html`<nv-citizen-extras
        .citizen=${citizen}
        .extras=${SUBSTITUTE_EXTRAS}
      ></nv-citizen-extras>`
    }
    return html`<button
        class="button plain pair"
        type="button"
        aria-label=${`${t('pair.staffOpen')}, ${citizen.person.name}`}
        @click=${() => this.dispatchEvent(new PairEvent(citizen.person))}
      >
        ${t('pair.staffOpen')}
      </button>
      <nv-citizen-extras .citizen=${citizen} .extras=${VISIT_EXTRAS}></nv-citizen-extras>`
  }

  #renderVideo(): TemplateResult {
    const { person, choice, isAddressProtected } = this.citizen
    return html`<nv-citizen-choice
        .citizenId=${person.id}
        .name=${this.#name}
        .choice=${choice}
        .isBusy=${this.#work.isBusy}
        .isSubstitute=${this.#isSubstitute}
        @nv-choose=${(event: ChooseEvent) => {
          this.#choose(event)
        }}
      ></nv-citizen-choice>
      ${this.#renderQuiet()}
      <nv-protected-address
        .name=${this.#name}
        .isAddressProtected=${isAddressProtected}
        .isBusy=${this.#work.isBusy}
        .isSubstitute=${this.#isSubstitute}
        @nv-protect=${(event: ProtectEvent) => {
          this.#protect(event)
        }}
      ></nv-protected-address>`
  }

  /** While it is quiet the row says it. */
  #renderQuiet(): TemplateResult | typeof nothing {
    const { quiet } = this.citizen
    if (quiet === null || isQuiet(quiet, Date.now())) return nothing
    return html`<p class="soft">${describeQuiet(this.#name, quiet)}</p>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-citizen-more': NvCitizenMore
  }
  interface HTMLElementEventMap {
    'nv-pair': PairEvent
  }
}
