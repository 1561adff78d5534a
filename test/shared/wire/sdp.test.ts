import { findSdpFault, MAX_SDP_CHARS, type SdpFault } from '@naervaer/shared'
import fc from 'fast-check'
import t from 'tap'

const FINGERPRINT =
  'a=fingerprint:sha-256 5D:A5:1A:7B:0C:2E:44:90:6B:8F:11:3D:9A:C2:E7:58:0F:B3:64:D1:2C:97:EE:40:83:1B:F6:75:29:CA:0D:B8'

/** What every section of an offer by Chromium carries. */
const TRANSPORT = [
  'c=IN IP4 0.0.0.0',
  'a=rtcp:9 IN IP4 0.0.0.0',
  'a=ice-ufrag:Zk3x',
  'a=ice-pwd:9cYb0mN2rQeT7uVwXyZ1aB3d',
  'a=ice-options:trickle',
  FINGERPRINT,
  'a=setup:actpass',
]

const AUDIO = [
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126',
  ...TRANSPORT,
  'a=mid:0',
  'a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'a=sendrecv',
  'a=msid:c1d0 a7f3',
  'a=rtcp-mux',
  'a=rtpmap:111 opus/48000/2',
  'a=rtcp-fb:111 transport-cc',
  'a=fmtp:111 minptime=10;useinbandfec=1',
  'a=rtpmap:63 red/48000/2',
  'a=rtpmap:0 PCMU/8000',
  'a=ssrc:3735928559 cname:Qm9zdMO4dHRl',
]

const VIDEO = [
  'm=video 9 UDP/TLS/RTP/SAVPF 96 97 102 103',
  ...TRANSPORT,
  'a=mid:1',
  'a=extmap:14 urn:ietf:params:rtp-hdrext:toffset',
  'a=sendrecv',
  'a=msid:c1d0 b9e2',
  'a=rtcp-mux',
  'a=rtcp-rsize',
  'a=rtpmap:96 VP8/90000',
  'a=rtcp-fb:96 nack pli',
  'a=rtpmap:97 rtx/90000',
  'a=fmtp:97 apt=96',
  'a=rtpmap:102 H264/90000',
  'a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f',
]

const DATA = [
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  ...TRANSPORT,
  'a=mid:2',
  'a=sctp-port:5000',
  'a=max-message-size:262144',
]

const SESSION = [
  'v=0',
  'o=- 4611731400430051336 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0 1 2',
  'a=extmap-allow-mixed',
  'a=msid-semantic: WMS c1d0',
]

const write = (...sections: readonly (readonly string[])[]) =>
  sections
    .flat()
    .map((line) => `${line}\r\n`)
    .join('')

const OFFER = write(SESSION, AUDIO, VIDEO, DATA)
const without = (section: readonly string[], line: string) =>
  section.filter((each) => each !== line)

const ROWS: readonly (readonly [name: string, sdp: string, fault: SdpFault | null])[] = [
  ['a whole offer by Chromium', OFFER, null],
  ['an answer', OFFER.replaceAll('actpass', 'active'), null],
  ['sound only', write(SESSION, AUDIO), null],
  ['sound and a data channel', write(SESSION, AUDIO, DATA), null],
  ['sections in another order', write(SESSION, DATA, VIDEO, AUDIO), null],
  ['a refused section', OFFER.replace('m=video 9', 'm=video 0'), null],
  ['lines that end in a line feed only', OFFER.replaceAll('\r\n', '\n'), null],
  ['a capital hash name', OFFER.replaceAll('sha-256', 'SHA-256'), null],
  [
    'one fingerprint for the session',
    write(SESSION, [FINGERPRINT], without(AUDIO, FINGERPRINT)),
    null,
  ],
  ['nothing at all', '', 'noMedia'],
  ['no section', write(SESSION, [FINGERPRINT]), 'noMedia'],
  ['no sound', write(SESSION, VIDEO), 'noAudio'],
  ['only a data channel', write(SESSION, DATA), 'noAudio'],
  ['two of sound', write(SESSION, AUDIO, AUDIO), 'tooManyMedia'],
  ['two of picture', write(SESSION, AUDIO, VIDEO, VIDEO), 'tooManyMedia'],
  ['two data channels', write(SESSION, AUDIO, DATA, DATA), 'tooManyMedia'],
  ['something else', write(SESSION, AUDIO, ['m=text 9 RTP/AVP 98']), 'unknownMedia'],
  ['a kind by an inherited name', write(SESSION, AUDIO, ['m=constructor 9 X 1']), 'unknownMedia'],
  ['no kind', write(SESSION, AUDIO, ['m=']), 'unknownMedia'],
  ['no fingerprint', OFFER.replaceAll(`${FINGERPRINT}\r\n`, ''), 'noSha256Fingerprint'],
  ['a weak fingerprint', OFFER.replaceAll('sha-256', 'sha-1'), 'noSha256Fingerprint'],
  [
    'a weak fingerprint beside a good one',
    write(SESSION, AUDIO, ['a=fingerprint:sha-1 5D:A5']),
    'noSha256Fingerprint',
  ],
  ['G.711 only', OFFER.replace('a=rtpmap:111 opus/48000/2\r\n', ''), 'noOpus'],
  ['Opus that the section does not take', OFFER.replace('SAVPF 111 63', 'SAVPF 63'), 'noOpus'],
  [
    'Opus of the picture',
    write(SESSION, without(AUDIO, 'a=rtpmap:111 opus/48000/2'), [
      ...VIDEO,
      'a=rtpmap:111 opus/48000/2',
    ]),
    'noOpus',
  ],
  ['Opus of another rate', OFFER.replace('opus/48000/2', 'opus/8000'), 'noOpus'],
  ['Opus in capitals', OFFER.replace('opus/', 'OPUS/'), null],
  ['a longer hash name', OFFER.replaceAll('sha-256', 'sha-256x'), 'noSha256Fingerprint'],
  [
    'a key in the description',
    write(SESSION, AUDIO, [
      'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj',
    ]),
    'hasSdesKey',
  ],
  ['a key in capitals', write(SESSION, AUDIO, ['A=CRYPTO:1 X inline:x']), 'hasSdesKey'],
  ['a key after a bare carriage return', `${OFFER}a=x\ra=crypto:1 X inline:x\r\n`, 'hasSdesKey'],
]

for (const [name, sdp, fault] of ROWS) {
  t.test(`SI8 ${name}: ${fault ?? 'may pass'}`, (t) => {
    t.equal(findSdpFault(sdp), fault)
    t.end()
  })
}

t.test('SI8 the offer is of a size that the limit has room for', (t) => {
  t.ok(OFFER.length > 1_000 && OFFER.length < MAX_SDP_CHARS / 4)
  t.end()
})

t.test('SI8 no text whatever throws, and none without sound and fingerprint passes', (t) => {
  const line = fc.oneof(fc.constantFrom(...SESSION, ...AUDIO, ...VIDEO, ...DATA), fc.string())
  const texts = fc.array(line).map((lines) => lines.join('\r\n'))
  fc.assert(
    fc.property(texts, (sdp) => {
      if (findSdpFault(sdp) !== null) return true
      return sdp.includes('m=audio') && sdp.includes('a=fingerprint:sha-256 ')
    }),
    { seed: 20_240_803, numRuns: 2_000 },
  )
  t.pass('held')
  t.end()
})
