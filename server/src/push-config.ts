import { LOCAL_HOSTS } from './oidc-config.ts'

/** Why a variable is refused: its name, and the rest of the sentence. */
type Refuse = (name: 'VAPID_SUBJECT' | 'PUSH_HOSTS', problem: string) => never

/** A host that may be asked to deliver a notice. */
export interface PushHost {
  /** In lower case; with `isSuffix` what stands behind at least one more label. */
  readonly name: string
  readonly isSuffix: boolean
  /** As a URL has it: empty for the port of its scheme. */
  readonly port: string
  /** This machine, where plain http is nobody else's to read; never in production. */
  readonly isLocal: boolean
}

/** How citizens' devices are told while the app is closed. */
export interface PushConfig {
  readonly isEnabled: boolean
  /** Whom a push service can write to about us (RFC 8292 § 2.1). */
  readonly subject: string
  readonly hosts: readonly PushHost[]
}

/** Where the browsers' makers deliver: Google, Apple, Mozilla and Microsoft. */
const VENDORS = [
  'fcm.googleapis.com',
  '*.push.apple.com',
  'updates.push.services.mozilla.com',
  '*.notify.windows.com',
]

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
/** The last label of a name is never a number, so an address is no name. */
const HOST = new RegExp(`^(\\*\\.)?((?:${LABEL}\\.)+(?![0-9]+(?::|$))${LABEL})(?::([0-9]{1,5}))?$`)
const LOCAL_HOST = /^(localhost|127\.0\.0\.1)(?::([0-9]{1,5}))?$/
const MAX_HOSTS = 20

export interface PushVariables {
  readonly PUSH_ENABLED: string
  readonly VAPID_SUBJECT?: string
  readonly PUSH_HOSTS?: string
}

/** @param publicUrl - what is told to push services where no subject is given */
export function toPushConfig(
  env: PushVariables,
  { publicUrl, isProduction }: { readonly publicUrl: URL; readonly isProduction: boolean },
  refuse: Refuse,
): PushConfig {
  const subject = env.VAPID_SUBJECT ?? describeSubject(publicUrl)
  if (!isSubject(subject)) {
    refuse('VAPID_SUBJECT', 'must be a mailto: or https: address that reaches somebody')
  }
  const names = env.PUSH_HOSTS?.split(',').map((name) => name.trim().toLowerCase()) ?? VENDORS
  const hosts = names.map((name) => toHost(name, isProduction))
  if (hosts.length > MAX_HOSTS || hosts.includes(null)) {
    refuse('PUSH_HOSTS', 'must be host names, such as *.push.apple.com, with commas between')
  }
  return {
    isEnabled: ['on', '1', 'true'].includes(env.PUSH_ENABLED),
    subject,
    hosts: hosts.filter((host) => host !== null),
  }
}

/** The public address says whose server it is; on one's own machine there is nobody to write to. */
function describeSubject(publicUrl: URL): string {
  return publicUrl.protocol === 'https:' && !LOCAL_HOSTS.has(publicUrl.hostname)
    ? publicUrl.origin
    : 'mailto:nobody@localhost.invalid'
}

function isSubject(text: string): boolean {
  if (/^mailto:[^\s@]+@[^\s@]+$/.test(text)) return true
  return URL.canParse(text) && new URL(text).protocol === 'https:'
}

function toHost(text: string, isProduction: boolean): PushHost | null {
  const [, localName, localPort = ''] = isProduction ? [] : (LOCAL_HOST.exec(text) ?? [])
  if (localName !== undefined) {
    return { name: localName, isSuffix: false, port: localPort, isLocal: true }
  }
  const [, star, name, port = ''] = HOST.exec(text) ?? []
  if (name === undefined) return null
  return { name, isSuffix: star !== undefined, port, isLocal: false }
}

/**
 * Whether a browser's push address may be asked: https, a host of the list, and nothing in it that could
 * lead elsewhere (criterion S-16).
 */
export function isAllowedEndpoint(hosts: readonly PushHost[], endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false
  const { protocol, hostname, port, username, password } = new URL(endpoint)
  if (username !== '' || password !== '') return false
  return hosts.some((host) => {
    const isSecure = protocol === 'https:' || (protocol === 'http:' && host.isLocal)
    const isNamed = host.isSuffix
      ? hostname.endsWith(`.${host.name}`) && hostname.length > host.name.length + 1
      : hostname === host.name
    return isSecure && isNamed && port === host.port
  })
}
