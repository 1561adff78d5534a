import type { DurationMs } from '@naervaer/shared'
import { Store } from '../../services/store.ts'
import type { Fingerprints } from '../link/fingerprints.ts'
import type { PeerLink } from '../link/peer-link.ts'
import type { SideMessageOf } from '../link/side-message.ts'
import { commitTo, makeDigits, makeNumber } from './digits-code.ts'
import type { Feature, FeatureContext } from './features.ts'

/** How long the number that was committed to may stay unsaid once the other has been told (S-25). */
const REVEAL_WITHIN_MS: DurationMs = 10_000

/** Each new try is a new guess for somebody in between: in all, one in 2,000 at most. */
const MAX_TRIES = 5

export interface DigitsState {
  /**
   * - `waiting`: not there yet
   * - `shown`: both windows have them
   * - `stopped`: the exchange was not as it must be; there are none in this call
   * - `different`: the certificate in use is not the one that was told of through the server
   */
  readonly stage: 'waiting' | 'shown' | 'stopped' | 'different'
  /** Four, when `shown`. */
  readonly digits: string | null
  /** The other side's certificate is another than earlier in this call: a new window, or another device. */
  readonly isRenewed: boolean
}

/** What is agreed on between two certificates; either the one or the other side's half is our own. */
interface Exchange {
  readonly own: string
  readonly remote: string
  /** The caller's SHA-256; both sides know it from the beginning. */
  commitment: string
  callerNumber: string | null
  calleeNumber: string | null
}

type Message = SideMessageOf<'digits-commit' | 'digits-answer' | 'digits-reveal'>

const NOTHING: DigitsState = { stage: 'waiting', digits: null, isRenewed: false }

/**
 * Four digits that are the same on both screens when nobody is in between (S-25), made from the
 * certificates that the peer connection really uses. The side that rang commits to its number before it
 * knows the other's, so that nobody in between can choose numbers until the digits fit.
 *
 * It never blocks anything: people may compare the digits or not.
 */
export class Digits implements Feature {
  readonly state = new Store<DigitsState>(NOTHING)
  readonly #context: Pick<FeatureContext, 'side' | 'line'>
  #exchange: Exchange | null = null
  #tries = 0
  /** What came while no peer connection was up: it belongs to the one that is about to be. */
  #early: Message[] = []
  #isStarted = false
  /** One thing at a time: hashes take a moment. */
  #work: Promise<void> = Promise.resolve()
  #lateTimer: ReturnType<typeof setTimeout> | undefined

  constructor(context: Pick<FeatureContext, 'side' | 'line'>) {
    this.#context = context
    const { line } = context
    const take = (message: Message) => {
      this.#then(() => this.#take(message))
    }
    line.on('digits-commit', take)
    line.on('digits-answer', take)
    line.on('digits-reveal', take)
    line.onUp(() => {
      this.#then(() => this.#onUp())
    })
  }

  start(): void {
    this.#isStarted = true
    this.#then(() => this.#onUp())
  }

  close(): void {
    clearTimeout(this.#lateTimer)
    this.#isStarted = false
    this.#exchange = null
    this.#early = []
    this.state.set(NOTHING)
  }

  #then(step: () => Promise<void>): void {
    this.#work = this.#work.then(async () => {
      // Nothing here may disturb a call: where the browser cannot hash, there are no digits.
      await step().catch(() => {
        this.#stop()
      })
    })
  }

  get #isCaller(): boolean {
    return this.#context.side === 'worker'
  }

  async #onUp(): Promise<void> {
    const prints = await this.#readPrints()
    if (prints === null) return
    this.#compare(prints)
    if (this.#isCaller && this.#exchange === null) await this.#commit(prints)
    // Said again after each new connection: what was under way may have been lost with the last.
    else if (this.#isCaller && this.#exchange !== null) this.#sayCommitment(this.#exchange)
    const early = this.#early
    this.#early = []
    for (const message of early) await this.#take(message)
  }

  /** @returns those of the connection that is up; null while there is none, or none that can be trusted */
  async #readPrints(): Promise<Fingerprints | null> {
    const { link } = this.#context.line
    if (link === null || !this.#isUsing(link)) return null
    const prints = await link.readFingerprints()
    // Another connection has come meanwhile, or will: it is read when its turn comes.
    if (!this.#isUsing(link)) return null
    // What was agreed on over an earlier connection says nothing of one that shows nothing of itself.
    if (prints === null) this.#stop()
    return prints
  }

  #isUsing(link: PeerLink): boolean {
    return this.#isStarted && link === this.#context.line.link && !link.isGone
  }

  /** Digits hold for two certificates; between others they are made anew, unless there can be none. */
  #compare({ own, remote, isAsDescribed }: Fingerprints): void {
    const known = this.#exchange
    if (known !== null && (known.own !== own || known.remote !== remote)) {
      this.#exchange = null
      const isRenewed = this.state.value.isRenewed || known.remote !== remote
      this.state.patch(this.#isGoing ? { ...NOTHING, isRenewed } : { isRenewed })
    }
    if (!isAsDescribed) this.state.patch({ stage: 'different', digits: null })
  }

  /** @returns whether there may be one more exchange */
  #begin(exchange: Exchange): boolean {
    this.#tries += 1
    this.#exchange = exchange
    if (this.#tries > MAX_TRIES) this.#stop()
    return this.#isGoing
  }

  get #isGoing(): boolean {
    const { stage } = this.state.value
    return this.#isStarted && (stage === 'waiting' || stage === 'shown')
  }

  async #commit({ own, remote }: Fingerprints): Promise<void> {
    const callerNumber = makeNumber()
    const commitment = await commitTo(callerNumber)
    const exchange = { own, remote, commitment, callerNumber, calleeNumber: null }
    if (this.#begin(exchange)) this.#sayCommitment(exchange)
  }

  #sayCommitment({ commitment }: Exchange): void {
    if (this.#isGoing) this.#context.line.send({ type: 'digits-commit', commitment })
  }

  async #take(message: Message): Promise<void> {
    const prints = await this.#readPrints()
    if (prints === null) {
      this.#early.push(message)
      this.#early = this.#early.slice(-MAX_TRIES)
      return
    }
    this.#compare(prints)
    if (message.type === 'digits-commit') this.#onCommit(message.commitment, prints)
    else if (message.type === 'digits-answer') await this.#onAnswer(message)
    else await this.#onReveal(message)
  }

  #onCommit(commitment: string, { own, remote }: Fingerprints): void {
    if (this.#isCaller) return
    const known = this.#exchange
    // The same certificates, and another number: somebody wants a second guess.
    if (known !== null && known.commitment !== commitment) {
      this.#stop()
      return
    }
    const calleeNumber = known?.calleeNumber ?? makeNumber()
    const exchange = known ?? { own, remote, commitment, callerNumber: null, calleeNumber }
    if (known === null) this.#begin(exchange)
    if (!this.#isGoing) return
    this.#context.line.send({ type: 'digits-answer', commitment, number: calleeNumber })
    if (exchange.callerNumber === null) this.#waitForReveal(exchange)
  }

  #waitForReveal(exchange: Exchange): void {
    const { link } = this.#context.line
    clearTimeout(this.#lateTimer)
    this.#lateTimer = setTimeout(() => {
      // With the connection its messages are lost; over the next all of it is said again.
      const isSame = exchange === this.#exchange && link === this.#context.line.link
      if (isSame && exchange.callerNumber === null) this.#stop()
    }, REVEAL_WITHIN_MS)
  }

  async #onAnswer({ commitment, number }: SideMessageOf<'digits-answer'>): Promise<void> {
    const exchange = this.#exchange
    if (!this.#isCaller || exchange === null || exchange.commitment !== commitment) return
    const { callerNumber, calleeNumber } = exchange
    if (callerNumber === null || !this.#isGoing) return
    // Another number after ours may have been told: somebody wants a second guess.
    if (calleeNumber !== null && calleeNumber !== number) {
      this.#stop()
      return
    }
    exchange.calleeNumber = number
    this.#context.line.send({ type: 'digits-reveal', commitment, number: callerNumber })
    await this.#finish(exchange)
  }

  async #onReveal({ commitment, number }: SideMessageOf<'digits-reveal'>): Promise<void> {
    const exchange = this.#exchange
    if (this.#isCaller || exchange === null || exchange.commitment !== commitment) return
    if (!this.#isGoing) return
    if ((await commitTo(number)) !== commitment) {
      this.#stop()
      return
    }
    exchange.callerNumber = number
    await this.#finish(exchange)
  }

  async #finish({ own, remote, callerNumber, calleeNumber }: Exchange): Promise<void> {
    if (callerNumber === null || calleeNumber === null) return
    clearTimeout(this.#lateTimer)
    const [callerPrint, calleePrint] = this.#isCaller ? [own, remote] : [remote, own]
    const digits = await makeDigits({ callerPrint, calleePrint, callerNumber, calleeNumber })
    if (this.#isGoing) this.state.patch({ stage: 'shown', digits })
  }

  #stop(): void {
    clearTimeout(this.#lateTimer)
    if (this.#isStarted) this.state.patch({ stage: 'stopped', digits: null })
  }
}
