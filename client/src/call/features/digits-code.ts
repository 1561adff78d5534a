/** What the four digits are made of (S-25), all in lower-case hex of 32 bytes. */
export interface DigitsParts {
  /** Of the certificate of the side that rang, and of the side that was rung. */
  readonly callerPrint: string
  readonly calleePrint: string
  /** Their random numbers. */
  readonly callerNumber: string
  readonly calleeNumber: string
}

const LABEL = 'naervaer-sas-v1'

/** How many different codes there are. */
const CODES = 10_000

/** A number that nobody can guess, in hex. */
export function makeNumber(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(32)))
}

/** SHA-256 of a number, in hex: fixes it without telling it. */
export async function commitTo(number: string): Promise<string> {
  return toHex(await hash(fromHex(number)))
}

/** The first 32 bits of SHA-256("naervaer-sas-v1" ‖ fpA ‖ fpB ‖ nA ‖ nB), modulo 10000 (S-25). */
export async function makeDigits(parts: DigitsParts): Promise<string> {
  const { callerPrint, calleePrint, callerNumber, calleeNumber } = parts
  const bytes = fromHex(callerPrint + calleePrint + callerNumber + calleeNumber)
  const label = new TextEncoder().encode(LABEL)
  const all = new Uint8Array(label.length + bytes.length)
  all.set(label)
  all.set(bytes, label.length)
  const first = new DataView((await hash(all)).buffer).getUint32(0)
  return String(first % CODES).padStart(4, '0')
}

async function hash(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}

const toHex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

const fromHex = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
