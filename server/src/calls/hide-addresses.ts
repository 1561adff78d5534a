import { isIP } from 'node:net'
import { NaervaerError, type SignalMessage } from '@naervaer/shared'

/** RFC 8839 § 5.1 as browsers write it: component, transport, priority, address, port, kind, the rest. */
const CANDIDATE =
  /^candidate:([\w+/]{1,32}) (\d{1,5}) (\w{2,10}) (\d{1,10}) (\S+) (\d{1,5}) typ relay((?: \S+ \S+)*) ?$/i

/** What else may stand behind a candidate: nothing in it says where somebody is. */
const KEPT_EXTENSIONS = new Set(['generation', 'ufrag', 'tcptype'])

/** `o=` and `c=` (RFC 8866 §§ 5.2, 5.7) and `a=rtcp:` (RFC 3605) end with an address. */
const ADDRESS_LINE = /^((?:o=|c=|a=rtcp:).*)\bIN IP[46] (\S+)$/
const NOWHERE = new Set(['0.0.0.0', '127.0.0.1', '::'])

/** What an address looks like in a line that has none by its grammar, whatever it is glued to. */
const DOTTED = /\d\.\d+\.\d+\.\d/
const EIGHT_GROUPS = /(?:[\da-f]{1,4}:){7}[\da-f]{1,4}/i
const LOCAL_NAME = /\.local\b/i

/** RFC 8122 § 5 for sha-256: as many colons as four addresses, and by its length none. */
const FINGERPRINT = /^a=fingerprint:sha-256 (?:[\da-f]{2}:){31}[\da-f]{2}$/i

/** The name of a section: what browsers call it, and nothing in which an address could be written. */
const SECTION = /^[\w-]*$/

/**
 * A signal of a call in which nobody may learn the other's address: only relayed candidates pass, and
 * without the address that they were relayed for.
 *
 * @returns the very same message where nothing in it had to be changed
 * @throws NaervaerError SIGNAL_ADDRESS_REFUSED; its details name a kind, never an address
 * @see criterion S-23
 */
export function hideAddresses(message: SignalMessage): SignalMessage {
  switch (message.type) {
    case 'signal.candidate': {
      const { candidate, sdpMid } = message.candidate
      if (!SECTION.test(sdpMid ?? '')) refuse('candidate')
      const hidden = hideCandidate(candidate)
      if (hidden === candidate) return message
      return { ...message, candidate: { ...message.candidate, candidate: hidden } }
    }
    case 'signal.description': {
      const { sdp } = message.description
      const hidden = hideDescription(sdp)
      if (hidden === sdp) return message
      return { ...message, description: { ...message.description, sdp: hidden } }
    }
    case 'signal.ack':
    case 'signal.please':
      return message
  }
}

function hideCandidate(candidate: string): string {
  // The end of candidates.
  if (candidate === '') return candidate
  const [, foundation, component, transport, priority, address, port, rest] =
    CANDIDATE.exec(candidate) ?? []
  if (address === undefined || isIP(address) === 0) refuse('candidate')
  const words = rest?.trim().split(' ') ?? []
  const kept = words.flatMap((name, index) => {
    const value = words[index + 1]
    const isName = index % 2 === 0 && value !== undefined
    return isName && KEPT_EXTENSIONS.has(name) && isHarmless(value) ? [`${name} ${value}`] : []
  })
  const head = `candidate:${foundation} ${component} ${transport} ${priority} ${address} ${port}`
  return [head, 'typ relay', 'raddr 0.0.0.0 rport 0', ...kept].join(' ')
}

function hideDescription(sdp: string): string {
  // Whatever ends a line for somebody ends it here (RFC 8866 § 5: CRLF, and LF from the careless).
  return sdp
    .split(/(\r\n|\n|\r)/)
    .map((line) => hideLine(line))
    .join('')
}

function hideLine(line: string): string {
  if (FINGERPRINT.test(line)) return line
  if (line.startsWith('a=candidate:')) return `a=${hideCandidate(line.slice(2))}`
  const [, head, address] = ADDRESS_LINE.exec(line) ?? []
  const hidden =
    head === undefined || address === undefined || NOWHERE.has(address)
      ? line
      : `${head}IN IP4 0.0.0.0`
  if (!isHarmless(hidden)) refuse('line')
  return hidden
}

function isHarmless(text: string): boolean {
  const dotted = text.split(/[^\d.]/).filter((run) => DOTTED.test(run))
  const colons = text
    .split(/[^\da-f:]/i)
    .filter((run) => run.includes('::') || EIGHT_GROUPS.test(run))
  return [...dotted, ...colons].every((run) => NOWHERE.has(run)) && !LOCAL_NAME.test(text)
}

function refuse(what: 'candidate' | 'line'): never {
  throw new NaervaerError('SIGNAL_ADDRESS_REFUSED', { details: what })
}
