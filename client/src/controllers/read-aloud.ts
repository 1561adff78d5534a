import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Language } from '../texts/text.ts'

/** Reads words aloud where the browser has a voice for the language; elsewhere it offers nothing. */
export class ReadAloud implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #getLanguage: () => Language

  constructor(host: ReactiveControllerHost, getLanguage: () => Language) {
    this.#host = host
    this.#getLanguage = getLanguage
    host.addController(this)
  }

  /** Asked at each render: browsers find their voices some time after the page has come. */
  get isPossible(): boolean {
    return this.#findVoice() !== undefined
  }

  /** Begins anew when it is already reading. */
  read(words: string): void {
    const voice = this.#findVoice()
    if (voice === undefined) return
    speechSynthesis.cancel()
    const utterance = new SpeechSynthesisUtterance(words)
    utterance.voice = voice
    utterance.lang = voice.lang
    utterance.rate = 0.9
    speechSynthesis.speak(utterance)
  }

  stop(): void {
    if (hasSpeech()) speechSynthesis.cancel()
  }

  hostConnected(): void {
    if (hasSpeech()) speechSynthesis.addEventListener('voiceschanged', this.#onVoices)
  }

  hostDisconnected(): void {
    if (hasSpeech()) speechSynthesis.removeEventListener('voiceschanged', this.#onVoices)
    this.stop()
  }

  readonly #onVoices = (): void => {
    this.#host.requestUpdate()
  }

  #findVoice(): SpeechSynthesisVoice | undefined {
    if (!hasSpeech()) return undefined
    const language = this.#getLanguage()
    return speechSynthesis.getVoices().find(({ lang }) => lang.toLowerCase().startsWith(language))
  }
}

const hasSpeech = (): boolean => 'speechSynthesis' in globalThis
