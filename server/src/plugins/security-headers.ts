import type { Config } from '../config.ts'

type HeaderConfig = Pick<Config, 'origins' | 'isHttps'>

/** Powerful features the pages do without. */
const FEATURES_OFF = [
  'accelerometer',
  'encrypted-media',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'midi',
  'payment',
  'serial',
  'usb',
  'xr-spatial-tracking',
]
/** Needed by a call: also sound without a tap, a screen that stays on or is shown; and by passkeys. */
const FEATURES_SELF = [
  ...['camera', 'microphone', 'speaker-selection', 'autoplay', 'fullscreen', 'screen-wake-lock'],
  ...['display-capture', 'picture-in-picture'],
  ...['publickey-credentials-create', 'publickey-credentials-get'],
]

/**
 * The security headers of every answer, errors included.
 *
 * @see criteria S-17 (content security policy with Trusted Types) and S-18 (the others)
 */
export function listSecurityHeaders(config: HeaderConfig): Readonly<Record<string, string>> {
  return {
    // Files of the client say otherwise for themselves.
    'cache-control': 'no-store',
    'content-security-policy': makeContentSecurityPolicy(config),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': makePermissionsPolicy(),
    ...(config.isHttps ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  }
}

function makeContentSecurityPolicy({ origins }: HeaderConfig): string {
  // 'self' covers ws: of the page's own host only in newer browsers.
  const sockets = origins.map((origin) => origin.replace(/^http/, 'ws')).join(' ')
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    `connect-src 'self' ${sockets}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html naervaer',
  ].join('; ')
}

function makePermissionsPolicy(): string {
  return [
    ...FEATURES_SELF.map((feature) => `${feature}=(self)`),
    ...FEATURES_OFF.map((feature) => `${feature}=()`),
  ].join(', ')
}
