import t from 'tap'
import { NaervaerError, type SignalMessage } from '@naervaer/shared'
import { hideAddresses } from '../../../server/src/calls/hide-addresses.ts'
import { GOOD_SDP } from '../../helpers/sdp.ts'

const position = { call: '019b75a0-1111-7000-9000-000000000003', generation: 1, seq: 0 }

// The id is a call's by its shape.
const candidateOf = (candidate: string) =>
  ({
    type: 'signal.candidate',
    ...position,
    candidate: { candidate, sdpMid: '0', sdpMLineIndex: 0 },
  }) as unknown as SignalMessage

const descriptionOf = (sdp: string) =>
  ({
    type: 'signal.description',
    ...position,
    description: { type: 'offer', sdp },
  }) as unknown as SignalMessage

/** @returns what became of the candidate, or the code of the refusal */
function hide(message: SignalMessage): string {
  try {
    const hidden = hideAddresses(message)
    if (hidden.type === 'signal.candidate') return hidden.candidate.candidate
    return hidden.type === 'signal.description' ? hidden.description.sdp : hidden.type
  } catch (error) {
    return error instanceof NaervaerError ? error.code : String(error)
  }
}

const RELAY = 'candidate:2 1 udp 41885439 203.0.113.10 49200 typ relay'
const HIDDEN = `${RELAY} raddr 0.0.0.0 rport 0`
const REFUSED = 'SIGNAL_ADDRESS_REFUSED'

t.test('S-23 a relayed candidate passes without the address that it stands for', (t) => {
  for (const [sent, passed] of [
    [
      `${RELAY} raddr 198.51.100.4 rport 50123 generation 0 ufrag a+/9`,
      `${HIDDEN} generation 0 ufrag a+/9`,
    ],
    [`${RELAY} raddr 2001:db8::7 rport 50123`, HIDDEN],
    [`${RELAY} raddr 0a1b.local rport 50123 network-id 2 network-cost 10`, HIDDEN],
    [`${RELAY} generation 0 x-home 198.51.100.4 ufrag 198.51.100.4`, `${HIDDEN} generation 0`],
    [
      RELAY.replace('udp', 'tcp') + ' tcptype active',
      HIDDEN.replace('udp', 'tcp') + ' tcptype active',
    ],
    [`${RELAY} `, HIDDEN],
    [RELAY.replace('203.0.113.10', '2001:db8::10'), HIDDEN.replace('203.0.113.10', '2001:db8::10')],
  ] as const) {
    t.equal(hide(candidateOf(sent)), passed, sent)
  }
  const clean = candidateOf(`${HIDDEN} generation 0 ufrag abcd`)
  t.equal(hideAddresses(clean), clean, 'what browsers write without an address is not touched')
  const end = candidateOf('')
  t.equal(hideAddresses(end), end, 'nor is the end of candidates')
  t.end()
})

t.test('S-23 every other candidate is refused', (t) => {
  for (const candidate of [
    'candidate:1 1 udp 2113937151 192.168.1.20 50000 typ host generation 0 ufrag abcd',
    'candidate:1 1 udp 2113937151 0a1b2c3d-0000-4000-8000-00000000000f.local 50000 typ host',
    'candidate:1 1 udp 2113939711 2001:db8::7 50000 typ host',
    'candidate:1 1 tcp 1518280447 192.168.1.20 9 typ host tcptype active',
    'candidate:3 1 udp 1677729535 198.51.100.4 50000 typ srflx raddr 192.168.1.20 rport 50000',
    'candidate:3 1 udp 1677729535 198.51.100.4 50000 typ prflx raddr 0.0.0.0 rport 0',
    'candidate:1 1 udp 1 192.168.1.20 5 typ host typ relay',
    'candidate:1 1 udp 1 0a1b.local 50000 typ relay raddr 0.0.0.0 rport 0',
    'candidate:1 1 udp 1 home.example.dk 50000 typ relay',
    `a=${RELAY}`,
    `${RELAY}\r\na=candidate:1 1 udp 1 192.168.1.20 5 typ host`,
    `${RELAY} raddr`,
    'candidate:1 1 udp',
    ' ',
  ]) {
    t.equal(hide(candidateOf(candidate)), REFUSED, candidate)
  }
  t.end()
})

const withLine = (line: string) => `${GOOD_SDP}${line}\r\n`

t.test('S-23 a description keeps nothing that says where somebody is', (t) => {
  const plain = descriptionOf(
    withLine(
      'c=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\na=ice-pwd:a/b+1\r\na=end-of-candidates',
    ),
  )
  t.equal(hideAddresses(plain), plain, 'one as browsers begin with is not touched')
  for (const [sent, passed] of [
    ['c=IN IP4 192.168.1.20', 'c=IN IP4 0.0.0.0'],
    ['c=IN IP6 2001:db8::7', 'c=IN IP4 0.0.0.0'],
    ['c=IN IP4 home.example.dk', 'c=IN IP4 0.0.0.0'],
    ['a=rtcp:50001 IN IP4 192.168.1.20', 'a=rtcp:50001 IN IP4 0.0.0.0'],
    [`a=${RELAY} raddr 198.51.100.4 rport 5`, `a=${HIDDEN}`],
  ] as const) {
    t.equal(hide(descriptionOf(withLine(sent))), withLine(passed), sent)
    t.equal(hide(descriptionOf(`${sent}\n${GOOD_SDP}`)), `${passed}\n${GOOD_SDP}`, `${sent}, LF`)
  }
  const own = GOOD_SDP.replace('127.0.0.1', '192.168.1.20')
  t.equal(hide(descriptionOf(own)), GOOD_SDP.replace('127.0.0.1', '0.0.0.0'), 'o=')
  for (const line of [
    'a=candidate:1 1 udp 2113937151 192.168.1.20 50000 typ host',
    'a=candidate:1 1 udp 2113937151 0a1b.local 50000 typ host',
    'a=candidate:3 1 udp 1677729535 198.51.100.4 5 typ srflx raddr 192.168.1.20 rport 5',
    'a=remote-candidates:1 192.168.1.20 50000',
    'a=x-home:192.168.1.20',
    'a=x-home 2001:db8::7',
    'i=0a1b.local',
    'a=x-mapped ::ffff:192.168.1.20',
    'a=x:2001:db8::1',
    'a=x-home:2001:db8:0:0:0:0:0:7',
    'a=x-home [2001:db8::7]:5',
    'a=x-home "2001:db8::7"',
    'a=x-home home(2001:db8::7%eth0)',
    'a=x-home 2001:db8:0:0:0:0:0:7/64',
    'i=at 192.168.1.20.',
    'a=x-home .192.168.1.20',
    'a=x-home 0.0.0.0.192.168.1.20',
    'a=x-home v192.168.001.020',
    'a=fingerprint:sha-256 2001:db8::7',
    `a=fingerprint:sha-256 ${'AA:'.repeat(31)}AA 2001:db8:0:0:0:0:0:7`,
    'a=mid:192.168.1.20',
  ]) {
    t.equal(hide(descriptionOf(withLine(line))), REFUSED, line)
  }
  t.end()
})

t.test('S-23 what browsers write with colons and dots is no address', (t) => {
  const plain = descriptionOf(
    withLine(
      [
        `a=fingerprint:sha-256 ${'AB:'.repeat(31)}CD`,
        `a=fingerprint:sha-256 ${'ab:'.repeat(31)}cd`,
        'a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid',
        'a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
        'a=extmap:7/sendonly http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
        'a=rtcp-fb:111 transport-cc',
        'a=fmtp:98 profile-id=0;level-asymmetry-allowed=1;profile-level-id=42e01f',
        'a=ssrc:4136472139 cname:9dYGgIc+3fr//LA1',
        'a=ssrc-group:FID 2231627014 632943048',
        'o=mozilla...THIS_IS_SDPARTA-99.0 4962303333179871722 1 IN IP4 0.0.0.0',
        'c=IN IP6 ::',
      ].join('\r\n'),
    ),
  )
  t.equal(hideAddresses(plain), plain)
  t.end()
})

t.test('S-23 the name of a section in a candidate is a name', (t) => {
  const withMid = (sdpMid: string | null) => {
    const message = candidateOf(HIDDEN)
    if (message.type !== 'signal.candidate') throw new Error('no candidate')
    return { ...message, candidate: { ...message.candidate, sdpMid } }
  }
  for (const sdpMid of ['0', 'audio', 'a-1_b', '', null]) {
    t.equal(hide(withMid(sdpMid)), HIDDEN, String(sdpMid))
  }
  for (const sdpMid of ['192.168.1.20', '2001:db8::7', '0a1b.local', 'a b', '0\n']) {
    t.equal(hide(withMid(sdpMid)), REFUSED, sdpMid)
  }
  t.end()
})

t.test('S-23 acknowledgements and wishes have nothing to hide', (t) => {
  const ack = { type: 'signal.ack', ...position } as unknown as SignalMessage
  t.equal(hideAddresses(ack), ack)
  t.end()
})
