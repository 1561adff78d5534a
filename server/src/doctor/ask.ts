import { request as requestPlain, type IncomingHttpHeaders, type RequestOptions } from 'node:http'
import { request as requestTls } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { DoctorContext } from './check.ts'

const MAX_BODY_BYTES = 8_000_000

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface Question {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Goes the way that the server's own questions go, by `HTTPS_PROXY` where there is one. */
  readonly isOutgoing?: boolean
  /** Instead of DNS. */
  readonly resolve?: DoctorContext['resolve']
}

/** Asks over HTTP as a browser would, follows nothing, and trusts what the context does. */
export function ask(
  { ca, timeoutMs }: Pick<DoctorContext, 'ca' | 'timeoutMs'>,
  url: URL,
  { method = 'GET', headers = {}, isOutgoing = false, resolve: look }: Question = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const take = url.protocol === 'https:' ? requestTls : requestPlain
    const trust = ca === undefined ? {} : { ca }
    const options: RequestOptions = {
      ...{ method, headers: isOutgoing ? { ...headers, connection: 'close' } : headers, ...trust },
      // The usual agent is the one that Node gives the environment's proxy.
      ...(isOutgoing ? {} : { agent: false }),
      ...(look === undefined ? {} : { lookup: toLookup(look) }),
    }
    const request = take(url, options, (response) => {
      const pieces: Buffer[] = []
      let size = 0
      response.on('data', (piece: Buffer) => {
        size += piece.length
        if (size > MAX_BODY_BYTES) request.destroy(new Error('too long an answer'))
        else pieces.push(piece)
      })
      response.on('end', () => {
        clearTimeout(timer)
        const { statusCode: status = 0, headers } = response
        resolve({ status, headers, body: Buffer.concat(pieces) })
      })
    })
    const timer = setTimeout(
      () => request.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })),
      timeoutMs,
    )
    request.on('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    request.on('upgrade', (response, socket) => {
      clearTimeout(timer)
      socket.destroy()
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: Buffer.alloc(0),
      })
    })
    request.end()
  })
}

function toLookup(resolve: DoctorContext['resolve']): LookupFunction {
  return (host, options, done) => {
    resolve(host).then(
      (found) => {
        const all = found.map((address) => ({ address, family: isIP(address) }))
        const [first] = all
        if (options.all === true) done(null, all)
        else done(null, first?.address ?? '', first?.family)
      },
      (error: unknown) => done(error instanceof Error ? error : new Error('unknown'), ''),
    )
  }
}
