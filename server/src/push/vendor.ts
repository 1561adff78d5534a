/** Whose push service a device uses: the browser's maker. */
export const VENDOR_NAMES = ['google', 'apple', 'mozilla', 'microsoft', 'other'] as const
export type Vendor = (typeof VENDOR_NAMES)[number]

const DOMAINS: readonly (readonly [domain: string, vendor: Vendor])[] = [
  ['googleapis.com', 'google'],
  ['push.apple.com', 'apple'],
  ['mozilla.com', 'mozilla'],
  ['windows.com', 'microsoft'],
]

/** Says whose an endpoint is, and nothing more of it: the rest names a device. */
export function findVendor(endpoint: string): Vendor {
  const { hostname } = new URL(endpoint)
  const found = DOMAINS.find(([domain]) => hostname === domain || hostname.endsWith(`.${domain}`))
  return found?.[1] ?? 'other'
}
