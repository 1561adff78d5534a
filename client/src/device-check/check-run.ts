import {
  diagnose,
  type DurationMs,
  type NewReportReply,
  type TechReport,
  type ToldLine,
} from '@naervaer/shared'
import { deviceChoice } from '../call/media/chosen-devices.ts'
import { watchLevel } from '../call/media/sound-level.ts'
import { playTestSound } from '../call/media/test-sound.ts'
import type { NoticesState } from '../services/push/notices-desk.ts'
import { Store } from '../services/store.ts'
import { makeEmptyReport } from './empty-report.ts'
import { probeHttp, probeSocket } from './line.ts'
import { tryNotices } from './notice-trial.ts'
import { closeStream, openDevice } from './open-device.ts'
import { fetchIceServers, probeRelay } from './relay.ts'
import {
  fetchLastCall,
  fetchOwnPseudonym,
  sendReport,
  tellDeviceNote,
  tellResult,
} from './report-client.ts'
import { readSurroundings } from './surroundings.ts'
import { toCondition } from './tell-device.ts'

/** Above what an open microphone hears of an empty room, and below a voice. */
const HEARD_LEVEL = 0.08

/** A microphone in a quiet room is never wholly silent; one that is muted is. */
const HEARD_FOR_MS: DurationMs = 300

/** What is open just now. */
export interface OpenMedia {
  readonly stream: MediaStream | null
  /** How loud the microphone is, from 0 to 1. */
  readonly level: number
  /** Whether the microphone has heard something since it was opened. */
  readonly isHeard: boolean
}

const CLOSED: OpenMedia = { stream: null, level: 0, isHeard: false }

export interface CheckRunOptions {
  /** Nobody is signed in. */
  readonly isStranger: boolean
  /** Whether the server is told what works, for the list of a home visit. */
  readonly isTold: boolean
}

/**
 * One run of "Prøv din telefon": tries one thing after the other and keeps what was found in a report.
 * What it opens is let go of with each step, and with `close`.
 */
export class CheckRun {
  readonly report = new Store<TechReport>(makeEmptyReport())
  readonly media = new Store<OpenMedia>(CLOSED)
  /** Null where it is not known, and for strangers. */
  readonly notices = new Store<NoticesState | null>(null)
  readonly #options: CheckRunOptions
  #endWatch: () => void = () => undefined
  /** Counts the openings: one that comes after its step is let go of at once. */
  #turn = 0

  constructor(options: CheckRunOptions) {
    this.#options = options
  }

  /** Sees to what can be seen without asking anybody. */
  async look(): Promise<void> {
    const { lineType, push, ...rest } = await readSurroundings()
    const { line, push: known } = this.report.value
    this.report.patch({
      ...rest,
      push: { ...known, ...push },
      line: { ...line, type: lineType },
    })
    this.#tell('installed', this.report.value.device.isInstalled)
  }

  async tryCamera(): Promise<void> {
    const opened = await this.#open('video')
    if (opened === null) return
    this.report.patch({ camera: opened.found ?? { result: 'notTried', error: null } })
    if (opened.found !== null) this.#tell('camera', false)
  }

  confirmCamera(isSeen: boolean): void {
    this.release()
    this.report.patch({ camera: { result: isSeen ? 'ok' : 'unconfirmed', error: null } })
    this.#tell('camera', isSeen)
  }

  async tryMicrophone(): Promise<void> {
    const opened = await this.#open('audio')
    if (opened === null) return
    this.report.patch({ microphone: opened.found ?? { result: 'notTried', error: null } })
    if (opened.found !== null) this.#tell('microphone', false)
    else this.#watch(opened.stream)
  }

  /** The person says that the line moves; that it has moved is known here. */
  confirmMicrophone(isMoving: boolean): void {
    const isOk = isMoving && this.media.value.isHeard
    this.release()
    this.report.patch({ microphone: { result: isOk ? 'ok' : 'unconfirmed', error: null } })
    this.#tell('microphone', isOk)
  }

  /** Where the sound of a call would come out. */
  async playSound(): Promise<void> {
    await playTestSound(deviceChoice.state.value.loudspeaker)
  }

  confirmSound(isHeard: boolean): void {
    this.report.patch({ sound: isHeard ? 'heard' : 'notHeard' })
    this.#tell('sound', isHeard)
  }

  /** The way to the server, then the way through TURN; without the first there is no second. */
  async tryLine(): Promise<void> {
    const found = await probeHttp()
    this.#patchLine({ ...found, isOnline: navigator.onLine })
    if (found.http.state !== 'ok') return
    const [socket, relay, lastCall] = await Promise.all([
      probeSocket(),
      this.#tryRelay(),
      this.#findLastCall(),
    ])
    this.report.patch({ relay, lastCall })
    this.#patchLine(socket)
    if (relay.loop.state !== 'notTried') this.#tell('relay', relay.loop.state === 'ok')
  }

  /** How this device stands with notices, and whether one really arrives; nobody is asked for leave here. */
  async tryNotification(): Promise<void> {
    if (this.#options.isTold) {
      const { state, trial } = await tryNotices()
      this.notices.set(state)
      this.report.patch({ push: { ...this.report.value.push, trial } })
    }
    await this.look()
  }

  /** The test has come to its end. @param isWell - all of it was tried and works */
  tellEnd(isWell: boolean): void {
    if (!this.#options.isTold) return
    const codes = diagnose(this.report.value)
    const state = toCondition(this.report.value)
    tellDeviceNote({ occasion: 'tested', isWell, codes, state }).catch(() => undefined)
  }

  /** Under which name IT knows this citizen; null for everybody else, and where it cannot be had. */
  findPseudonym(): Promise<string | null> {
    return this.#options.isTold ? fetchOwnPseudonym().catch(() => null) : Promise.resolve(null)
  }

  /** @throws as `send` does */
  makeSupportCode(): Promise<NewReportReply> {
    return sendReport(this.report.value)
  }

  /** Lets go of what is open. */
  release(): void {
    this.#turn += 1
    this.#endWatch()
    this.#endWatch = () => undefined
    closeStream(this.media.value.stream)
    this.media.set(CLOSED)
  }

  async #open(kind: 'audio' | 'video') {
    this.release()
    const turn = this.#turn
    const opened = await openDevice(kind)
    if (turn !== this.#turn) {
      closeStream(opened.stream)
      return null
    }
    this.media.patch({ stream: opened.stream })
    // Known in full only once a device is open, or has been refused.
    const { permissions, inputs } = await readSurroundings()
    this.report.patch({ permissions, inputs })
    return turn === this.#turn ? opened : null
  }

  #watch(stream: MediaStream): void {
    const [track] = stream.getAudioTracks()
    if (track === undefined) return
    let heardAt: number | null = null
    this.#endWatch = watchLevel(track, (level) => {
      if (level < HEARD_LEVEL) heardAt = null
      else heardAt ??= performance.now()
      const isNow = heardAt !== null && performance.now() - heardAt >= HEARD_FOR_MS
      this.media.patch({ level, isHeard: this.media.value.isHeard || isNow })
    })
  }

  async #tryRelay(): Promise<TechReport['relay']> {
    return probeRelay(await fetchIceServers(this.#options.isStranger))
  }

  async #findLastCall(): Promise<TechReport['lastCall']> {
    return this.#options.isStranger ? null : fetchLastCall().catch(() => null)
  }

  #patchLine(change: Partial<TechReport['line']>): void {
    this.report.patch({ line: { ...this.report.value.line, ...change } })
  }

  #tell(line: ToldLine, isOk: boolean): void {
    if (!this.#options.isTold) return
    // A line that did not get there stays as it was; the next run tells it again.
    tellResult({ line, isOk }).catch(() => undefined)
  }
}
