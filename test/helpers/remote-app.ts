import type { InjectOptions, LightMyRequestResponse } from 'fastify'

/** What browsers without a page ask of a server. */
export interface AskedRequest {
  readonly method: NonNullable<InjectOptions['method']>
  readonly url: string
  readonly headers: Record<string, string>
  readonly cookies: Record<string, string>
  readonly payload?: object
  readonly remoteAddress?: string
}

export type AskedAnswer = Pick<
  LightMyRequestResponse,
  'statusCode' | 'headers' | 'cookies' | 'body' | 'json'
>

/** The app in this process, or a server in another. */
export interface AskedServer {
  inject(request: AskedRequest): Promise<AskedAnswer>
}

/** A server in a process of its own, asked as `app.inject` is; keeps what has to stay secret. */
export class RemoteApp implements AskedServer {
  /** Values of all cookies that it has given. */
  readonly cookieValues = new Set<string>()
  /** All proofs of devices that it has been sent. */
  readonly proofs = new Set<string>()
  readonly #port: number

  constructor({ port }: { port: number }) {
    this.#port = port
  }

  async inject({ method, url, headers, cookies, payload }: AskedRequest): Promise<AskedAnswer> {
    const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`)
    const hasBody = payload !== undefined
    const { 'naervaer-proof': proof } = headers
    if (proof !== undefined) this.proofs.add(proof)
    const answer = await fetch(`http://127.0.0.1:${this.#port}${url}`, {
      method,
      headers: {
        ...headers,
        cookie: cookie.join('; '),
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
      },
      ...(hasBody ? { body: JSON.stringify(payload) } : {}),
    })
    const body = await answer.text()
    const given = answer.headers.getSetCookie().map(toCookie)
    for (const { value } of given) if (value !== '') this.cookieValues.add(value)
    return {
      statusCode: answer.status,
      headers: Object.fromEntries(answer.headers),
      cookies: given,
      body,
      // Fits whatever the test says that it expects, as with `app.inject`.
      json: () => JSON.parse(body) as never,
    }
  }
}

function toCookie(line: string): { name: string; value: string } {
  const [pair = ''] = line.split(';')
  const at = pair.indexOf('=')
  return { name: pair.slice(0, at), value: pair.slice(at + 1) }
}
