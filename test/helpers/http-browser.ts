interface Cookie {
  readonly value: string
  readonly isStrict: boolean
}

/** A browser as far as HTTP goes: cookies by host, redirects one at a time, no script. */
export class HttpBrowser {
  readonly #jars = new Map<string, Map<string, Cookie>>()

  /**
   * One request; a redirect is not followed.
   *
   * @param isFromElsewhere - a navigation that another site began: strict cookies stay at home
   */
  async send(
    url: string | URL,
    init: RequestInit = {},
    isFromElsewhere = false,
  ): Promise<Response> {
    const { hostname } = new URL(url)
    const cookies = [...(this.#jars.get(hostname) ?? [])]
      .filter(([, { isStrict }]) => !(isStrict && isFromElsewhere))
      .map(([name, { value }]) => `${name}=${value}`)
    const headers = new Headers(init.headers)
    if (cookies.length > 0) headers.set('cookie', cookies.join('; '))
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of answer.headers.getSetCookie()) this.#keep(hostname, line)
    return answer
  }

  /** Goes on by redirects until `isThere` says of the next address that it is not to be fetched. */
  async follow(start: string, isThere: (url: URL) => boolean): Promise<URL | Response> {
    let url = new URL(start)
    for (let hops = 0; hops < 20; hops += 1) {
      if (isThere(url)) return url
      const answer = await this.send(url)
      const location = answer.headers.get('location')
      if (location === null) return answer
      await answer.body?.cancel()
      url = new URL(location, url)
    }
    throw new Error('too many redirects')
  }

  getCookie(hostname: string, name: string): string | undefined {
    return this.#jars.get(hostname)?.get(name)?.value
  }

  setCookie(hostname: string, name: string, value: string): void {
    this.#jars.get(hostname)?.set(name, { value, isStrict: false })
  }

  /** As the browser would send them. */
  listCookies(hostname: string): string {
    return [...(this.#jars.get(hostname) ?? [])]
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ')
  }

  #keep(hostname: string, line: string): void {
    const jar = this.#jars.get(hostname) ?? new Map<string, Cookie>()
    this.#jars.set(hostname, jar)
    const [pair = ''] = line.split(';')
    const at = pair.indexOf('=')
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
    const isGone = /expires=thu, 01 jan 1970|max-age=0\b/i.test(line) || value === ''
    if (isGone) jar.delete(name)
    else jar.set(name, { value, isStrict: /samesite=strict/i.test(line) })
  }
}
