import { makeDeferred } from './deferred.ts'

/** A request that the test answers, or leaves. */
export interface FakeRequest {
  readonly path: string
  readonly init: RequestInit
  isAborted: boolean
  answer(status: number, init?: { body?: unknown; headers?: Record<string, string> }): void
  fail(): void
}

/** Puts a `fetch` without a network where pages look for theirs. @returns what is asked from now on */
export function installFakeFetch(): FakeRequest[] {
  const requests: FakeRequest[] = []
  const fetch = (path: string, init: RequestInit) => {
    const reply = makeDeferred()
    const request: FakeRequest = {
      path,
      init,
      isAborted: false,
      answer: (status, { body = null, headers = {} } = {}) => {
        const text = body === null ? null : JSON.stringify(body)
        reply.resolve(new Response(text, { status, headers }))
      },
      fail: () => {
        reply.reject(new TypeError('Failed to fetch'))
      },
    }
    init.signal?.addEventListener('abort', () => {
      request.isAborted = true
      reply.reject(new DOMException('aborted', 'AbortError'))
    })
    requests.push(request)
    return reply.promise
  }
  Object.defineProperty(globalThis, 'fetch', { configurable: true, writable: true, value: fetch })
  return requests
}
