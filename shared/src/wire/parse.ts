/** Says whether a value has the shape of `T`: compiled on the server, interpreted in the browser. */
export type Check<T> = (value: unknown) => value is T

/** A frame read from the socket, or what can be said about one that was refused. */
export type ParsedFrame<T> =
  { readonly ok: true; readonly message: T } | { readonly ok: false; readonly id: string | null }

/**
 * Turns the text of a frame into a message: the only `JSON.parse` of frames on either side.
 * Never throws; a refused frame keeps its `id`, where it has a usable one, for the error's `replyTo`.
 */
export function parseFrame<T>(text: string, check: Check<T>): ParsedFrame<T> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, id: null }
  }
  return check(value) ? { ok: true, message: value } : { ok: false, id: findRequestId(value) }
}

function findRequestId(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('id' in value)) return null
  const { id } = value
  return typeof id === 'string' && id.length >= 1 && id.length <= 36 ? id : null
}
