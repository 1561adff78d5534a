import type { InjectOptions } from 'fastify'
import type { AskedServer } from './remote-app.ts'

const ORIGIN = 'http://localhost:8080'

/** A browser as far as HTTP goes: it keeps the cookies that it is given, and asks from our own page. */
export class BrowserJar {
  readonly cookies = new Map<string, string>()
  readonly #app: AskedServer
  readonly #address: string

  constructor(app: AskedServer, address = '127.0.0.1') {
    this.#app = app
    this.#address = address
  }

  async send(method: NonNullable<InjectOptions['method']>, url: string, payload?: object) {
    const answer = await this.#app.inject({
      method,
      url,
      remoteAddress: this.#address,
      headers: { origin: ORIGIN },
      cookies: Object.fromEntries(this.cookies),
      ...(payload === undefined ? {} : { payload }),
    })
    for (const { name, value } of answer.cookies) {
      if (value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    return answer
  }

  /** `204`, or status and code of a refusal. */
  async ask(method: NonNullable<InjectOptions['method']>, url: string, payload?: object) {
    const answer = await this.send(method, url, payload)
    if (answer.statusCode < 400) return String(answer.statusCode)
    return `${answer.statusCode} ${answer.json<{ code: string }>().code}`
  }

  /** Who is signed in, by name. */
  async whoAmI(): Promise<string | null> {
    const answer = await this.send('GET', '/api/session')
    return answer.json<{ you: { name: string } | null }>().you?.name ?? null
  }
}
