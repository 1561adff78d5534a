import t from 'tap'
import { crc32 } from 'node:zlib'
import {
  ATTRIBUTES,
  decodeMessage,
  encodeMessage,
  encodePeer,
  isSuccess,
  makeLongTermKey,
  readAddress,
  readErrorCode,
  toBytes,
  TYPES,
} from '../../../server/src/turn-client/stun-message.ts'
import { parseTurnUrl } from '../../../server/src/turn-client/wire.ts'

/** RFC 5769 § 2.2 and § 2.3: answers to a binding request. */
const IPV4_ANSWER = Buffer.from(
  '0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220' +
    '002000080001a147e112a643000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96',
  'hex',
)
const IPV6_ANSWER = Buffer.from(
  '010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220' +
    '002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9' +
    '00080014a382954e4be67bf11784c97c8292c275bfe3ed4180280004c8fb0b4c',
  'hex',
)

t.test('the test vectors of RFC 5769 are read as they are meant', (t) => {
  const cases = [
    [IPV4_ANSWER, '192.0.2.1'],
    [IPV6_ANSWER, '2001:db8:1234:5678:11:2233:4455:6677'],
  ] as const
  for (const [bytes, address] of cases) {
    const message = decodeMessage(bytes)
    if (message === null) throw new Error('not read')
    t.ok(isSuccess(message))
    t.strictSame(readAddress(message, ATTRIBUTES.xorMappedAddress), { address, port: 32853 })
    t.equal(message.attributes.get(ATTRIBUTES.software)?.toString(), 'test vector')
    t.strictSame(
      encodePeer({ address, port: 32853 }, message.id),
      message.attributes.get(ATTRIBUTES.xorMappedAddress),
      'and written so',
    )
  }
  t.end()
})

t.test('what is written is signed and has its fingerprint', (t) => {
  // RFC 8489 § 9.2.2, by the example of its predecessor (RFC 5389 § 15.4).
  const key = makeLongTermKey('user', 'realm', 'pass')
  t.equal(key.toString('hex'), '8493fbc53ba582fb4c044c456bdc40eb')
  const { id, bytes } = encodeMessage(
    TYPES.createPermission,
    (own) => [[ATTRIBUTES.xorPeerAddress, encodePeer({ address: '::1', port: 9 }, own)]],
    key,
  )
  const message = decodeMessage(bytes)
  if (message === null) throw new Error('not read')
  t.strictSame(message.id, id)
  t.strictSame(
    [...message.attributes.keys()],
    [ATTRIBUTES.xorPeerAddress, ATTRIBUTES.messageIntegrity, ATTRIBUTES.fingerprint],
    'in this order',
  )
  t.strictSame(readAddress(message, ATTRIBUTES.xorPeerAddress), {
    address: '0:0:0:0:0:0:0:1',
    port: 9,
  })
  // RFC 5769's own fingerprint is computed the same way.
  for (const each of [bytes, IPV4_ANSWER]) {
    const print = (crc32(each.subarray(0, -8)) ^ 0x5354554e) >>> 0
    t.equal(each.readUInt32BE(each.length - 4), print)
  }
  t.end()
})

t.test('what is no message, or is cut, is not read', (t) => {
  t.equal(decodeMessage(Buffer.alloc(0)), null)
  t.equal(decodeMessage(Buffer.alloc(40, 1)), null)
  t.equal(decodeMessage(IPV4_ANSWER.subarray(0, 60)), null)
  const long = Buffer.from(IPV4_ANSWER)
  long.writeUInt16BE(0xffff, 22)
  t.equal(decodeMessage(long), null, 'an attribute that is longer than the message')
  const empty = decodeMessage(encodeMessage(TYPES.refresh, () => []).bytes)
  t.equal(empty === null ? -1 : readErrorCode(empty), 0)
  t.end()
})

t.test('addresses in every spelling are the same bytes', (t) => {
  t.equal(toBytes('203.0.113.10').toString('hex'), 'cb00710a')
  t.equal(toBytes('::ffff:127.0.0.1').toString('hex'), '00000000000000000000ffff7f000001')
  t.equal(toBytes('64:ff9b::7f00:1').toString('hex'), '0064ff9b00000000000000007f000001')
  t.equal(toBytes('FE80::1').toString('hex'), 'fe800000000000000000000000000001')
  t.equal(toBytes('::').toString('hex'), '0'.repeat(32))
  t.equal(toBytes('1:2:3:4:5:6:7:8').toString('hex'), '00010002000300040005000600070008')
  t.end()
})

t.test('TURN’s addresses as RFC 7065 writes them', (t) => {
  const cases: [url: string, host: string, port: number, kind: string][] = [
    ['turn:turn.example.dk', 'turn.example.dk', 3478, 'udp'],
    ['turn:203.0.113.10:3479?transport=tcp', '203.0.113.10', 3479, 'tcp'],
    ['turns:turn.example.dk', 'turn.example.dk', 5349, 'tls'],
    ['turns:turn.example.dk:443?transport=tcp', 'turn.example.dk', 443, 'tls'],
    ['turn:[2001:db8::1]:3478', '2001:db8::1', 3478, 'udp'],
  ]
  for (const [url, host, port, kind] of cases)
    t.strictSame(parseTurnUrl(url), { url, host, port, kind })
  for (const wrong of ['stun:a', 'turn:', 'https://a', 'turn:a?transport=sctp']) {
    t.equal(parseTurnUrl(wrong), null, wrong)
  }
  t.end()
})
