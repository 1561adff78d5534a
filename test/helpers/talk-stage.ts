import {
  otherSide,
  type CallId,
  type MediaPolicy,
  type Side,
  type SignalMessage,
} from '@naervaer/shared'
import { mock } from 'node:test'
import type { Test } from 'tap'
import type { LocalMedia } from '../../client/src/call/media/local-media.ts'
import { Talk } from '../../client/src/call/link/talk.ts'
import { Store } from '../../client/src/services/store.ts'
import { FakePeerLink } from './fake-peer-link.ts'

export const CALL = '0190a000-0000-7000-8000-000000000001' as CallId
const TURN = { urls: ['turn:turn.example.dk'], username: 'u', credential: 'c' }
export const SIDES = ['worker', 'citizen'] as const

/** Which of a sequence of signals get through, and how often; true for all once it is used up. */
export type Fate = 'lost' | 'once' | 'twice'

/** Two windows of one call, and a server between them that loses and doubles what it relays. */
export class Stage {
  readonly links: Record<Side, FakePeerLink[]> = { worker: [], citizen: [] }
  readonly news: string[] = []
  /** How often something arrived again after a silence. */
  readonly heard = { worker: 0, citizen: 0 }
  /** What each side sees of the other. */
  readonly shown: Partial<Record<Side, unknown>> = {}
  readonly talks: Partial<Record<Side, Talk>> = {}
  /** How many frames each side has sent to the server. */
  readonly frames: Record<Side, number> = { worker: 0, citizen: 0 }
  /** Whether each side has a connection to the server. */
  readonly online: Record<Side, boolean> = { worker: true, citizen: true }
  fates: Fate[] = []
  candidates = 5
  /** Nothing comes through, and nobody has noticed. */
  isDeaf = false
  /** Links are made, and never come up. */
  isStuck = false
  /** Talks are only prepared: they get their media with the answer. */
  isRinging = false
  isScriptThere = true
  policy: MediaPolicy = 'all'
  iceServers = [TURN]
  /** Each side's link of each generation. */
  readonly #known = {
    worker: new Map<number, FakePeerLink>(),
    citizen: new Map<number, FakePeerLink>(),
  }
  readonly #cut = { worker: new Set<number>(), citizen: new Set<number>() }
  readonly #waiting: (() => void)[] = []
  #tracks: Record<Side, Store<unknown>> = { worker: makeTracks(), citizen: makeTracks() }

  set isOnline(isOnline: boolean) {
    for (const side of SIDES) this.online[side] = isOnline
  }

  enter(side: Side, generation = 0): Talk {
    this.talks[side]?.close()
    const talk = new Talk({
      call: CALL,
      side,
      generation,
      certificate: null,
      send: (message) => {
        this.#relay(side, message)
      },
      fetchIceConfig: () =>
        this.online[side]
          ? Promise.resolve({ iceServers: this.iceServers, policy: this.policy })
          : Promise.reject(new Error('no connection')),
      loadLink: () =>
        this.isScriptThere
          ? Promise.resolve((options, listener) => {
              const link = new FakePeerLink(options, listener, {
                candidates: this.candidates,
                isStuck: this.isStuck,
                deliver: (text) => {
                  this.#carry(link, side, (other) => {
                    other.hear(text)
                  })
                },
                sayGoodbye: () => {
                  this.#carry(link, side, (other) => {
                    other.fail()
                  })
                },
              })
              this.links[side].push(link)
              return link.asPeerLink()
            })
          : Promise.reject(new TypeError('Failed to fetch')),
      onRemoteStream: (stream) => {
        this.shown[side] = stream
      },
      onLinked: (number, path) => this.news.push(`${side} linked ${String(number)} ${path}`),
      onUnlinked: (number) => this.news.push(`${side} unlinked ${String(number)}`),
      onSilent: () => this.news.push(`${side} silent`),
      onHeard: () => (this.heard[side] += 1),
      onMessage: (text) => this.news.push(`${side} got ${text}`),
    })
    if (!this.isRinging) this.answer(talk, side)
    this.talks[side] = talk
    return talk
  }

  answer(talk: Talk, side: Side): void {
    // Of the whole of it a talk reads its tracks.
    talk.useMedia({ tracks: this.#tracks[side] } as unknown as LocalMedia)
  }

  setTracks(side: Side, audio: string, video: string | null): void {
    this.#tracks[side].set({ audio, video })
  }

  lastLink(side: Side): FakePeerLink {
    const link = this.links[side].at(-1)
    if (link === undefined) throw new Error(`${side} has no link`)
    return link
  }

  /** Nothing arrives at this side any more over what is there; what is sent on `control` waits. */
  cut(side: Side, generation = 1): void {
    this.#cut[side].add(generation)
    this.#getLink(side, generation).fallSilent()
  }

  /** Over that generation everything arrives again, before ICE has given it up. */
  mend(side: Side, generation = 1): void {
    this.#cut[side].delete(generation)
    this.#getLink(side, generation).hearAgain()
    for (const carry of this.#waiting.splice(0)) carry()
  }

  #getLink(side: Side, generation: number): FakePeerLink {
    const link = this.#known[side].get(generation)
    if (link === undefined) throw new Error(`${side} has no link ${String(generation)}`)
    return link
  }

  isLinked(number: number): boolean {
    return SIDES.every((side) => this.news.includes(`${side} linked ${String(number)} host`))
  }

  /** In some generation, the same for both. */
  get isLinkedAnyhow(): boolean {
    return Array.from({ length: 20 }, (_, n) => n + 1).some((number) => this.isLinked(number))
  }

  /** What a window says directly to the other, by the peer connection. */
  #carry(link: FakePeerLink, from: Side, act: (other: FakePeerLink) => void): void {
    const to = otherSide(from)
    const [generation] = [...this.#known[from]].find(([, known]) => known === link) ?? []
    const other = generation === undefined ? undefined : this.#known[to].get(generation)
    if (generation === undefined || other === undefined) return
    const carry = () => {
      if (this.#cut[to].has(generation)) this.#waiting.push(carry)
      else
        queueMicrotask(() => {
          act(other)
        })
    }
    carry()
  }

  #relay(from: Side, message: SignalMessage): void {
    if (message.type === 'signal.description' && message.seq === 0) {
      const { generation } = message
      if (!this.#known[from].has(generation)) this.#known[from].set(generation, this.lastLink(from))
    }
    if (!this.online[from]) return
    this.frames[from] += 1
    const to = otherSide(from)
    if (!this.online[to] || this.isDeaf) return
    const fate = this.fates.shift() ?? 'once'
    const copies = fate === 'lost' ? 0 : fate === 'once' ? 1 : 2
    for (let n = 0; n < copies; n += 1) {
      queueMicrotask(() => this.talks[to]?.receive(message))
    }
  }
}

const makeTracks = () => new Store<unknown>({ audio: null, video: null })

/** Lets everything that is due happen, then moves time on, until `isDone` or a minute has passed. */
export async function runUntil(t: Test, isDone: () => boolean): Promise<void> {
  for (let elapsedMs = 0; elapsedMs < 60_000; elapsedMs += 100) {
    for (let turn = 0; turn < 200; turn += 1) await Promise.resolve()
    if (isDone()) return
    mock.timers.tick(100)
  }
  t.fail('nothing more happened within a minute')
}

/** Lets so much time pass, and everything happen that is due meanwhile. */
export async function pass(durationMs: number): Promise<void> {
  for (let passedMs = 0; passedMs < durationMs; passedMs += 100) {
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
    mock.timers.tick(100)
  }
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
}

/** A small generator of our own, so that a failing seed can be run again. */
export function drawFates(seed: number): Fate[] {
  let state = seed
  return Array.from({ length: 60 }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    const draw = (state >> 8) % 10
    return draw < 4 ? 'lost' : draw < 7 ? 'once' : 'twice'
  })
}
