import { createHash, createHmac, randomBytes } from 'node:crypto'
import { isIPv4 } from 'node:net'
import { crc32 } from 'node:zlib'

/** What connects the halves of a STUN message to the standard (RFC 8489 § 5). */
const MAGIC_COOKIE = 0x2112a442
const FINGERPRINT_XOR = 0x5354554e
export const HEADER_BYTES = 20
const ID_BYTES = 12
const HMAC_BYTES = 20

/** Methods with their class (RFC 8489 § 3, RFC 8656 § 17). */
export const TYPES = {
  allocate: 0x0003,
  refresh: 0x0004,
  createPermission: 0x0008,
  sendIndication: 0x0016,
  dataIndication: 0x0017,
} as const
const SUCCESS = 0x0100
const ERROR = 0x0110
const CLASS = 0x0110

/** Attributes (RFC 8489 § 18.3, RFC 8656 § 18). */
export const ATTRIBUTES = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  errorCode: 0x0009,
  lifetime: 0x000d,
  xorPeerAddress: 0x0012,
  data: 0x0013,
  realm: 0x0014,
  nonce: 0x0015,
  xorRelayedAddress: 0x0016,
  requestedAddressFamily: 0x0017,
  requestedTransport: 0x0019,
  xorMappedAddress: 0x0020,
  software: 0x8022,
  fingerprint: 0x8028,
} as const

export type Attribute = readonly [type: number, value: Buffer]

/** An address of an end, as STUN writes it. */
export interface Endpoint {
  readonly address: string
  readonly port: number
}

export interface StunMessage {
  readonly type: number
  readonly id: Buffer
  readonly attributes: ReadonlyMap<number, Buffer>
}

/** What is signed with: user, realm and password (RFC 8489 § 9.2.2). */
export function makeLongTermKey(username: string, realm: string, password: string): Buffer {
  return createHash('md5').update(`${username}:${realm}:${password}`).digest()
}

/**
 * @param list - the attributes, of which addresses need the message's id
 * @param key - signs it, where it is a request with credentials
 */
export function encodeMessage(
  type: number,
  list: (id: Buffer) => readonly Attribute[],
  key?: Buffer,
): { readonly id: Buffer; readonly bytes: Buffer } {
  const id = randomBytes(ID_BYTES)
  let body = Buffer.concat(list(id).map(encodeAttribute))
  const head = (length: number) => {
    const header = Buffer.alloc(HEADER_BYTES)
    header.writeUInt16BE(type, 0)
    header.writeUInt16BE(length, 2)
    header.writeUInt32BE(MAGIC_COOKIE, 4)
    id.copy(header, 8)
    return header
  }
  if (key !== undefined) {
    // The length says already that the proof is there, which it is computed without.
    const signed = Buffer.concat([head(body.length + 4 + HMAC_BYTES), body])
    const proof = createHmac('sha1', key).update(signed).digest()
    body = Buffer.concat([body, encodeAttribute([ATTRIBUTES.messageIntegrity, proof])])
  }
  const whole = Buffer.concat([head(body.length + 8), body])
  const print = Buffer.alloc(4)
  print.writeUInt32BE((crc32(whole) ^ FINGERPRINT_XOR) >>> 0)
  return { id, bytes: Buffer.concat([whole, encodeAttribute([ATTRIBUTES.fingerprint, print])]) }
}

/** @returns null for what is no STUN message */
export function decodeMessage(bytes: Buffer): StunMessage | null {
  if (bytes.length < HEADER_BYTES || bytes.readUInt32BE(4) !== MAGIC_COOKIE) return null
  const end = HEADER_BYTES + bytes.readUInt16BE(2)
  if (end > bytes.length) return null
  const attributes = new Map<number, Buffer>()
  for (let at = HEADER_BYTES; at + 4 <= end;) {
    const [type, length] = [bytes.readUInt16BE(at), bytes.readUInt16BE(at + 2)]
    if (at + 4 + length > end) return null
    if (!attributes.has(type)) attributes.set(type, bytes.subarray(at + 4, at + 4 + length))
    at += 4 + pad(length)
  }
  return { type: bytes.readUInt16BE(0), id: bytes.subarray(8, HEADER_BYTES), attributes }
}

export const isSuccess = ({ type }: StunMessage) => (type & CLASS) === SUCCESS
export const isAnswer = ({ type }: StunMessage) =>
  (type & CLASS) === SUCCESS || (type & CLASS) === ERROR

/** Such as 403; 0 where there is none. */
export function readErrorCode({ attributes }: StunMessage): number {
  const value = attributes.get(ATTRIBUTES.errorCode)
  return value === undefined || value.length < 4 ? 0 : value.readUInt8(2) * 100 + value.readUInt8(3)
}

/** @returns null where the message has no such address */
export function readAddress(message: StunMessage, type: number): Endpoint | null {
  const value = message.attributes.get(type)
  if (value === undefined || value.length < 8) return null
  const port = value.readUInt16BE(2) ^ (MAGIC_COOKIE >>> 16)
  const bytes = xor(value.subarray(4), message.id)
  const groups = Array.from({ length: bytes.length / 2 }, (_, index) =>
    bytes.readUInt16BE(index * 2).toString(16),
  )
  return { port, address: bytes.length === 4 ? bytes.join('.') : groups.join(':') }
}

/** An address as STUN hides it from routers that rewrite addresses wherever they see one (RFC 8489 § 14.2). */
export function encodePeer({ address, port }: Endpoint, id: Buffer): Buffer {
  const bytes = toBytes(address)
  const head = Buffer.from([0, bytes.length === 4 ? 1 : 2, 0, 0])
  head.writeUInt16BE(port ^ (MAGIC_COOKIE >>> 16), 2)
  return Buffer.concat([head, xor(bytes, id)])
}

/** The bytes of an address, IPv6 in any spelling. */
export function toBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number))
  // The URL parser writes every spelling in hexadecimal groups.
  const [front = '', back] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const toGroups = (text: string) =>
    text === '' ? [] : text.split(':').map((g) => parseInt(g, 16))
  const [left, right] = [toGroups(front), toGroups(back ?? '')]
  const middle = Array<number>(8 - left.length - right.length).fill(0)
  const bytes = Buffer.alloc(16)
  const groups = [...left, ...middle, ...right]
  groups.forEach((group, index) => bytes.writeUInt16BE(group, index * 2))
  return bytes
}

function xor(bytes: Buffer, id: Buffer): Buffer {
  const mask = Buffer.alloc(4)
  mask.writeUInt32BE(MAGIC_COOKIE)
  const whole = Buffer.concat([mask, id])
  return Buffer.from(bytes.map((byte, index) => byte ^ (whole[index] ?? 0)))
}

function encodeAttribute([type, value]: Attribute): Buffer {
  const bytes = Buffer.alloc(4 + pad(value.length))
  bytes.writeUInt16BE(type, 0)
  bytes.writeUInt16BE(value.length, 2)
  value.copy(bytes, 4)
  return bytes
}

/** Attributes end where a group of four bytes ends. */
const pad = (length: number) => (length + 3) & ~3
