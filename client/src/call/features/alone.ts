import { Store } from '../../services/store.ts'
import { talkMemory } from '../talk-memory.ts'
import type { Feature, FeatureContext } from './features.ts'

export interface AloneState {
  /** This side has said that somebody else is there. */
  readonly isOwnNot: boolean
  readonly isOtherNot: boolean
}

/** *Jeg er ikke alene*: told to the other side at once, directly, and to nobody else. */
export class Alone implements Feature {
  readonly state = new Store<AloneState>({ isOwnNot: false, isOtherNot: false })
  readonly #context: FeatureContext

  constructor(context: FeatureContext) {
    this.#context = context
    const { line, call } = context
    this.state.patch({ isOwnNot: talkMemory.read(call).isNotAlone })
    line.on('alone', ({ isAlone }) => {
      this.state.patch({ isOtherNot: !isAlone })
    })
    line.onUp(() => {
      this.#tell()
    })
  }

  set(isAlone: boolean): void {
    talkMemory.write(this.#context.call, { isNotAlone: !isAlone })
    this.state.patch({ isOwnNot: !isAlone })
    this.#tell()
  }

  close(): void {
    this.state.set({ isOwnNot: false, isOtherNot: false })
  }

  #tell(): void {
    this.#context.line.send({ type: 'alone', isAlone: !this.state.value.isOwnNot })
  }
}
