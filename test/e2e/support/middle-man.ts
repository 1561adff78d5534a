import type { Page, WebSocketRoute } from 'playwright-core'
import type { Person } from './browser.ts'
import type { Side } from '@naervaer/shared'

/** A frame that carries a description, as far as the man in the middle reads it. */
interface DescriptionFrame {
  readonly type: 'signal.description'
  readonly generation: number
  readonly description: { readonly type: 'offer' | 'answer'; readonly sdp: string }
}

interface CandidateFrame {
  readonly type: 'signal.candidate'
  readonly generation: number
  readonly candidate: RTCIceCandidateInit
}

type Signal = DescriptionFrame | CandidateFrame

/** His own ends of the two peer connections of one generation. */
interface Between {
  /** Answers the worker's offer, and offers to the citizen in the worker's place. */
  readonly answer: string
  readonly offer: string
}

declare global {
  interface Window {
    nvMiddle: {
      meet(generation: number, offer: string): Promise<Between>
      takeAnswer(generation: number, answer: string): Promise<void>
      takeCandidate(generation: number, side: Side, candidate: RTCIceCandidateInit): Promise<void>
    }
  }
}

/**
 * Who has got hold of the server: gives each side his own certificate instead of the other's, and passes
 * on sound, picture and everything that is said over the data channels. To both it looks like a talk.
 */
export class MiddleMan {
  readonly #page: Page
  readonly #betweens = new Map<number, Promise<Between>>()
  readonly #delivered = new Set<string>()

  private constructor(page: Page) {
    this.#page = page
  }

  /** To be called before the pages of the two are opened. */
  static async stepBetween(page: Page, people: Readonly<Record<Side, Person>>): Promise<MiddleMan> {
    await page.evaluate(runInMiddle)
    const man = new MiddleMan(page)
    for (const side of ['worker', 'citizen'] as const) {
      await people[side].context.routeWebSocket(/\/ws$/, (socket) => {
        man.#route(socket, side)
      })
    }
    return man
  }

  #route(socket: WebSocketRoute, side: Side): void {
    const server = socket.connectToServer()
    socket.onMessage((text) => {
      const signal = readSignal(text)
      // At the end of a test his page may be gone before the others'.
      if (signal !== null) this.#overhear(signal, side).catch(() => undefined)
      server.send(text)
    })
    server.onMessage((text) => {
      const signal = readSignal(text)
      if (signal === null) socket.send(text)
      else if (signal.type === 'signal.description') {
        this.#replace(signal, side, socket).catch(() => undefined)
      }
    })
  }

  /** What a side says goes to his own connections. */
  async #overhear(signal: Signal, side: Side): Promise<void> {
    const { generation } = signal
    if (signal.type === 'signal.candidate') {
      await this.#betweens.get(generation)
      await this.#page.evaluate(
        ([generation, side, candidate]) =>
          window.nvMiddle.takeCandidate(generation, side, candidate),
        [generation, side, signal.candidate] as const,
      )
      return
    }
    const { sdp } = signal.description
    if (side === 'worker') {
      if (this.#betweens.has(generation)) return
      const between = this.#page.evaluate(
        ([generation, sdp]) => window.nvMiddle.meet(generation, sdp),
        [generation, sdp] as const,
      )
      // Whoever waits for it is told; at the end of a test that may be nobody.
      between.catch(() => undefined)
      this.#betweens.set(generation, between)
      return
    }
    await this.#page.evaluate(([generation, sdp]) => window.nvMiddle.takeAnswer(generation, sdp), [
      generation,
      sdp,
    ] as const)
  }

  /** What a side is told comes from him, once. */
  async #replace(frame: DescriptionFrame, side: Side, socket: WebSocketRoute): Promise<void> {
    const key = `${side} ${String(frame.generation)}`
    const between = this.#betweens.get(frame.generation)
    if (between === undefined || this.#delivered.has(key)) return
    this.#delivered.add(key)
    const { offer, answer } = await between
    const sdp = side === 'citizen' ? offer : answer
    const description = { ...frame.description, sdp }
    socket.send(JSON.stringify({ ...frame, seq: 0, description }))
  }
}

function readSignal(text: string | Buffer): Signal | null {
  const frame = JSON.parse(String(text)) as { readonly type: string }
  const isSignal = frame.type === 'signal.description' || frame.type === 'signal.candidate'
  return isSignal ? (frame as Signal) : null
}

/** Runs in a page of his own. */
function runInMiddle(): void {
  interface Ends {
    readonly worker: RTCPeerConnection
    readonly citizen: RTCPeerConnection
    readonly early: {
      readonly side: 'worker' | 'citizen'
      readonly candidate: RTCIceCandidateInit
    }[]
  }
  const all = new Map<number, Ends>()
  const players: HTMLAudioElement[] = []

  const gathered = (connection: RTCPeerConnection) =>
    new Promise<string>((resolve) => {
      const look = () => {
        if (connection.iceGatheringState === 'complete')
          resolve(connection.localDescription?.sdp ?? '')
      }
      connection.addEventListener('icegatheringstatechange', look)
      look()
    })

  const join = (one: RTCPeerConnection, other: RTCPeerConnection) => {
    for (const [label, id, protocol] of [
      ['beat', 10, ''],
      ['control', 12, ''],
      ['text', 14, 't140'],
    ] as const) {
      const ends = [one, other].map((end) =>
        end.createDataChannel(label, { negotiated: true, id, protocol }),
      )
      ends.forEach((end, index) => {
        end.addEventListener('message', ({ data }: MessageEvent<string>) => {
          if (ends[1 - index]?.readyState === 'open') ends[1 - index]?.send(data)
        })
      })
    }
  }

  const passOn = (from: RTCPeerConnection, to: RTCPeerConnection) => {
    from.addEventListener('track', ({ track }) => {
      const transceiver = to
        .getTransceivers()
        .find(({ receiver }) => receiver.track.kind === track.kind)
      void transceiver?.sender.replaceTrack(track)
      // Chromium passes on only the sound that is played as well.
      const player = new Audio()
      player.muted = true
      player.srcObject = new MediaStream([track])
      void player.play()
      players.push(player)
    })
  }

  window.nvMiddle = {
    async meet(generation, offer) {
      const worker = new RTCPeerConnection()
      const citizen = new RTCPeerConnection()
      all.set(generation, { worker, citizen, early: [] })
      join(worker, citizen)
      const streams = [new MediaStream()]
      for (const kind of ['audio', 'video']) {
        citizen.addTransceiver(kind, { direction: 'sendrecv', streams })
      }
      citizen.createDataChannel('as simple-peer makes one')
      passOn(worker, citizen)
      passOn(citizen, worker)
      await worker.setRemoteDescription({ type: 'offer', sdp: offer })
      for (const transceiver of worker.getTransceivers()) transceiver.direction = 'sendrecv'
      await worker.setLocalDescription(await worker.createAnswer())
      await citizen.setLocalDescription(await citizen.createOffer())
      return { answer: await gathered(worker), offer: await gathered(citizen) }
    },
    async takeAnswer(generation, answer) {
      const ends = all.get(generation)
      if (ends?.citizen.signalingState !== 'have-local-offer') return
      await ends.citizen.setRemoteDescription({ type: 'answer', sdp: answer })
      for (const { candidate } of ends.early) await ends.citizen.addIceCandidate(candidate)
    },
    async takeCandidate(generation, side, candidate) {
      const ends = all.get(generation)
      if (ends === undefined) return
      if (ends[side].remoteDescription === null) ends.early.push({ side, candidate })
      else await ends[side].addIceCandidate(candidate)
    },
  }
}
