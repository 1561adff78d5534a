/** How long the provider may take for one answer, and how large that may be. */
const TIMEOUT_MS = 8_000
const MAX_ANSWER_BYTES = 256 * 1024

/** What openid-client and jose ask of a fetch. */
interface BoundedRequest {
  readonly method: string
  readonly headers: Headers | Record<string, string>
  readonly body?:
    ArrayBuffer | null | ReadableStream | string | Uint8Array | URLSearchParams | undefined
  readonly signal?: AbortSignal
}

/** An answer larger than a provider has reason to give. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge'
}

/**
 * Fetches with a time-out and a cap on the answer, and follows no redirect.
 *
 * @throws AnswerTooLarge, or the platform's own errors where nobody answers in time
 */
export async function boundedFetch(url: string, request: BoundedRequest): Promise<Response> {
  const { method, headers, body, signal } = request
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  const answer = await fetch(url, {
    method,
    headers,
    redirect: 'manual',
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    ...(body === undefined || body === null ? {} : { body }),
  })
  const bytes = answer.body === null ? null : await readBounded(answer.body)
  return new Response(bytes, { status: answer.status, headers: answer.headers })
}

async function readBounded(stream: ReadableStream<Uint8Array>): Promise<ArrayBuffer> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let sizeBytes = 0
  for await (const part of stream) {
    sizeBytes += part.byteLength
    // Leaving the loop cancels the stream and ends the connection.
    if (sizeBytes > MAX_ANSWER_BYTES) throw new AnswerTooLarge('the answer is too large')
    parts.push(Uint8Array.from(part))
  }
  return new Blob(parts).arrayBuffer()
}
