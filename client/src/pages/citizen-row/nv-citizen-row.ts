import {
  mayBeRung,
  writePhoneNumber,
  type CitizenPresence,
  type Person,
  type PersonId,
  type StandsIn,
} from '@naervaer/shared'
import { isQuiet } from '@naervaer/shared/quiet'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { Ticking } from '../../controllers/ticking.ts'
import { Work } from '../../controllers/work.ts'
import { baseStyles } from '../../styles/base.styles.ts'
import { buttonStyles } from '../../styles/button.styles.ts'
import { firstName, t } from '../../texts/text.ts'
import { namedDay } from '../../texts/when.ts'
import { describeChoice } from '../../components/choice-words.ts'
import { phoneIcon } from '../../components/icons.ts'
import { describeCallback, RingEvent } from '../../components/nv-callbacks.ts'
import '../../components/nv-citizen-plans.ts'
import type { NvErrorNotice } from '../../components/nv-error-notice.ts'
import '../../components/nv-error-notice.ts'
import '../../components/nv-presence.ts'
import { describeQuiet, type RingQuietEvent } from '../../components/nv-quiet-ring.ts'
import '../../components/nv-quiet-ring.ts'
import { openIcon } from '../../components/page-icons.ts'
import type {} from './nv-citizen-more.ts'
import { citizenRowStyles } from './nv-citizen-row.styles.ts'
import type { PlanEvent } from '../../components/nv-plan-answers.ts'
import { isReachedByApp, weighRing } from './reach.ts'

/** Asks the page to open what there is more of a citizen, or to close it. */
export class ShowMoreEvent extends Event {
  readonly citizenId: PersonId
  readonly isOpen: boolean

  constructor(citizenId: PersonId, isOpen: boolean) {
    super('nv-show-more')
    this.citizenId = citizenId
    this.isOpen = isOpen
  }
}

/**
 * One citizen on the worker's page: who it is, whether they can be reached, what is next, what must not be
 * overlooked, and the ring. All else is behind "Mere".
 *
 * @fires nv-ring - the citizen is to be rung, with a reason where it is quiet
 * @fires nv-show-more
 * @fires nv-pair - from what is behind "Mere"
 */
@customElement('nv-citizen-row')
export class NvCitizenRow extends LitElement {
  static override styles = [baseStyles, buttonStyles, citizenRowStyles]

  @property({ attribute: false }) citizen!: CitizenPresence
  /** Without a connection nobody knows who has the app open: nothing is said, rather than old news. */
  @property({ type: Boolean }) isKnown = false
  /** What is behind "Mere" is shown. */
  @property({ type: Boolean }) isOpen = false
  /** A call is under way, or about to be. */
  @property({ type: Boolean }) isBusy = false
  /** Why a ring came to nothing. */
  @property({ attribute: false }) refusal: NvErrorNotice['code'] = null
  readonly #work = new Work(this)

  constructor() {
    super()
    new Ticking(this)
  }

  /** The code of what is behind it comes when it is wanted. */
  async #showMore(): Promise<void> {
    const isLoaded = await this.#work.run(async () => {
      await import('./nv-citizen-more.ts')
    })
    if (!isLoaded) return
    this.dispatchEvent(new ShowMoreEvent(this.citizen.person.id, !this.isOpen))
  }

  #ring(reason?: RingQuietEvent['reason']): void {
    this.dispatchEvent(new RingEvent(this.citizen.person.id, reason))
  }

  #plan({ appointment }: PlanEvent): void {
    void this.renderRoot.querySelector('nv-citizen-plans')?.plan(appointment)
  }

  get #name(): string {
    return firstName(this.citizen.person.name)
  }

  protected override render(): TemplateResult {
    const { citizen, isKnown } = this
    return html`<h2 class="name" id="name">${citizen.person.name}</h2>
      ${isKnown ? html`<nv-presence .availability=${citizen.availability}></nv-presence>` : nothing}
      ${this.#renderRing()} ${this.#renderMoreButton()} ${this.#renderStandsIn()}
      <nv-citizen-plans .citizen=${citizen}></nv-citizen-plans>
      ${this.#renderSaid()} ${this.#renderPhone()} ${this.#renderRefusal()}
      <nv-error-notice .code=${this.#work.error}></nv-error-notice>
      ${
        this.isOpen
          ? html`<nv-citizen-more
              id="more"
              role="group"
              aria-labelledby="open name"
              .citizen=${citizen}
              @nv-plan=${(event: PlanEvent) => {
                this.#plan(event)
              }}
            ></nv-citizen-more>`
          : nothing
      }`
  }

  #renderRing(): TemplateResult {
    return html`<button
      class="button ring ${this.isKnown ? weighRing(this.citizen) : 'plain'}"
      type="button"
      aria-describedby="name"
      aria-disabled=${this.isBusy}
      @click=${() => {
        this.#ring()
      }}
    >
      ${phoneIcon}${t('staff.call')}
    </button>`
  }

  /** Whoever has two own citizens and three of somebody else's sees which, and for how long. */
  #renderStandsIn(): TemplateResult | typeof nothing {
    const { standsIn } = this.citizen
    return standsIn === undefined
      ? nothing
      : html`<p class="wide soft">${describeStandsIn(standsIn)}</p>`
  }

  #renderMoreButton(): TemplateResult {
    return html`<button
      class="button plain more"
      id="open"
      type="button"
      aria-describedby="name"
      aria-expanded=${this.isOpen}
      aria-controls=${this.isOpen ? 'more' : nothing}
      @click=${() => void this.#showMore()}
    >
      ${t('call.more')}${openIcon}
    </button>`
  }

  /** What is known of the citizen besides: each of it would change what the worker does now. */
  #renderSaid(): TemplateResult {
    const { citizen, isKnown } = this
    const { assignment, callback, choice } = citizen
    // A wish that has been seen waits until it is answered. One for the own worker is in no substitute's list, and
    // the substitute is to know before they ring again.
    const isForOwn = callback?.waitsFor !== undefined && assignment !== 'primary'
    const isWaiting = callback !== null && (callback.seenAt !== null || isForOwn)
    // What is behind "Mere" says it too.
    const isChoiceSaid = !this.isOpen && !mayBeRung(choice.state)
    return html`${isWaiting ? html`<p class="wide">${describeCallback(citizen)}</p>` : nothing}
    ${this.#renderQuiet()}
    ${isChoiceSaid ? html`<p class="wide soft">${describeChoice(choice)}</p>` : nothing}
    ${isKnown ? this.#renderNotice() : nothing}`
  }

  /** Known before a ring is tried; where one has just been refused, that says it. */
  #renderQuiet(): TemplateResult | typeof nothing {
    const { quiet } = this.citizen
    const isSaid = this.refusal === 'CALL_QUIET_HOURS'
    if (quiet === null || isSaid || !isQuiet(quiet, Date.now())) return nothing
    return html`<p class="wide soft">${describeQuiet(this.#name, quiet)}</p>`
  }

  /** Only where it would matter: somebody who may be rung, and hears nothing of it while the app is closed. */
  #renderNotice(): TemplateResult | typeof nothing {
    const { choice, isNotified } = this.citizen
    if (isNotified || !mayBeRung(choice.state)) return nothing
    return html`<p class="wide soft">${t('staff.noPush', { name: this.#name })}</p>`
  }

  /** Where the app does not reach anybody, the ordinary telephone is as near. */
  #renderPhone(): TemplateResult | typeof nothing {
    const { phone } = this.citizen
    if (phone === null || (this.isKnown && isReachedByApp(this.citizen))) return nothing
    return html`<a class="button wide phone" href="tel:${phone}" aria-describedby="name">
      ${phoneIcon}${t('phone.call', { phone: writePhoneNumber(phone) })}
    </a>`
  }

  /** Hours of quiet are no trouble, and may be overruled. */
  #renderRefusal(): TemplateResult {
    const { quiet } = this.citizen
    if (this.refusal !== 'CALL_QUIET_HOURS' || quiet === null) {
      return html`<nv-error-notice .code=${this.refusal}></nv-error-notice>`
    }
    return html`<nv-quiet-ring
      .name=${this.#name}
      .quiet=${quiet}
      .isBusy=${this.isBusy}
      @nv-ring-quiet=${({ reason }: RingQuietEvent) => {
        this.#ring(reason)
      }}
    ></nv-quiet-ring>`
  }
}

/** "Du er vikar for Mette til og med tirsdag den 1. december." */
function describeStandsIn({ insteadOf, until }: StandsIn): string {
  const who = insteadOf === null ? t('row.substitute') : t('row.substituteFor', nameOf(insteadOf))
  // The end is the first moment after it.
  return until === null ? `${who}.` : t('row.until', { who, day: namedDay(until - 1) })
}

const nameOf = ({ name }: Person): { name: string } => ({ name: firstName(name) })

declare global {
  interface HTMLElementTagNameMap {
    'nv-citizen-row': NvCitizenRow
  }
  interface HTMLElementEventMap {
    'nv-show-more': ShowMoreEvent
  }
}
