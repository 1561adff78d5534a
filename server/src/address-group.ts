import { isIPv6 } from 'node:net'

/**
 * What counts as one place. One customer's line has a whole /64 of IPv6 (RFC 6177), so all of it does;
 * of IPv4 each address.
 */
export function toAddressGroup(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address
  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  return [...left, ...zeros, ...right].slice(0, 4).join(':')
}
