import type { FastifyInstance } from 'fastify'
import { PEOPLE, type PersonName } from './people.ts'

export const ORIGIN = 'http://localhost:8080'

/** What a request came to. */
export interface HttpAnswer {
  readonly status: number
  /** The code of the problem, where it is one. */
  readonly code: string | null
  readonly body: unknown
}

/** Somebody who asks over HTTP, with the cookies of their session. */
export class HttpPerson {
  readonly #app: FastifyInstance
  readonly cookies: Record<string, string>

  constructor(app: FastifyInstance, cookies: Record<string, string> = {}) {
    this.#app = app
    this.cookies = cookies
  }

  /** Signs in through the demo. */
  static async signIn(app: FastifyInstance, name: PersonName): Promise<HttpPerson> {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/demo/sign-in',
      headers: { origin: ORIGIN },
      payload: { personId: PEOPLE[name] },
    })
    if (answer.statusCode !== 204) throw new Error(`sign-in answered ${answer.statusCode}`)
    return new HttpPerson(
      app,
      Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value])),
    )
  }

  /** The session cookie as a socket sends it. */
  get jar(): string {
    return Object.entries(this.cookies)
      .map(([name, value]) => `${name}=${value}`)
      .join('; ')
  }

  async ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) {
    const answer = await this.#app.inject({
      method,
      url,
      headers: { origin: ORIGIN },
      cookies: this.cookies,
      ...(payload === undefined ? {} : { payload }),
    })
    const isJson = answer.headers['content-type']?.toString().includes('json') ?? false
    const body: unknown = isJson && answer.body !== '' ? answer.json() : null
    const hasCode = typeof body === 'object' && body !== null && 'code' in body
    const result: HttpAnswer = {
      status: answer.statusCode,
      code: hasCode ? String(body.code) : null,
      body,
    }
    return result
  }
}
