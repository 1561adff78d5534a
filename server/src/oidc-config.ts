import type { StaffRole } from '@naervaer/shared'
import { isExampleSecret } from './example-secret.ts'

/** Why a variable is refused: its name, and the rest of the sentence. */
export type Refuse = (name: OidcVariable, problem: string) => never

export type OidcVariable =
  | 'OIDC_ISSUER'
  | 'OIDC_CLIENT_ID'
  | 'OIDC_CLIENT_SECRET'
  | 'OIDC_ROLE_CLAIM'
  | 'OIDC_ROLE_MAP'
  | 'OIDC_REQUIRED_ACR'

/** Signing in with the municipality's own accounts. */
export interface OidcConfig {
  /** Exactly as the provider writes it in its tokens; compared character by character. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** The name of a claim of the ID token, or names with dots between for one inside another. */
  readonly roleClaim: string
  /** What a value of that claim makes of somebody. */
  readonly roleMap: ReadonlyMap<string, readonly StaffRole[]>
  /** Authentication levels (`acr`) of which one must have been reached; empty where any will do. */
  readonly requiredAcr: readonly string[]
}

const STAFF_ROLES = [
  'worker',
  'leader',
  'authority',
  'it',
  'auditor',
] as const satisfies StaffRole[]
/** Hosts that are this machine, where plain http is nobody else's to read. */
export const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]'])
/** Entra's issuers that are no single tenant: anybody with any Microsoft account could come. */
const ENTRA_OPEN_TENANT = /^https:\/\/[^/]+\/(common|organizations|consumers|\{tenantid\})(\/|$)/i
const ENTRA_HOST =
  /^https:\/\/(login\.microsoftonline\.(com|us)|login\.partner\.microsoftonline\.cn)\//
const ENTRA_TENANT = /^https:\/\/[^/]+\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/v2\.0$/
const MAX_ROLE_PAIRS = 100

/** @returns null where none of the variables is set */
export function toOidcConfig(
  env: Readonly<Partial<Record<OidcVariable, string>>>,
  refuse: Refuse,
): OidcConfig | null {
  if (env.OIDC_ISSUER === undefined) {
    const left = Object.entries(env).find(([name]) => name.startsWith('OIDC_'))
    return left === undefined ? null : refuse('OIDC_ISSUER', `is missing beside ${left[0]}`)
  }
  const need = (name: OidcVariable): string =>
    env[name] ?? refuse(name, 'is missing beside OIDC_ISSUER')
  return {
    issuer: toIssuer(env.OIDC_ISSUER, refuse),
    clientId: need('OIDC_CLIENT_ID'),
    clientSecret: toSecret(need('OIDC_CLIENT_SECRET'), refuse),
    roleClaim: env.OIDC_ROLE_CLAIM ?? 'roles',
    roleMap: toRoleMap(need('OIDC_ROLE_MAP'), refuse),
    requiredAcr: toList(env.OIDC_REQUIRED_ACR ?? ''),
  }
}

/** @returns the issuer as written: what is compared later is this string and nothing made of it */
function toIssuer(text: string, refuse: Refuse): string {
  const url = URL.canParse(text) ? new URL(text) : refuse('OIDC_ISSUER', 'must be an address')
  const isLocal = url.protocol === 'http:' && LOCAL_HOSTS.has(url.hostname)
  if (url.protocol !== 'https:' && !isLocal) refuse('OIDC_ISSUER', 'must begin with https://')
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    refuse('OIDC_ISSUER', 'must be an address without query, fragment or user')
  }
  if (ENTRA_OPEN_TENANT.test(text)) {
    refuse('OIDC_ISSUER', 'must name your own tenant, not common, organizations or consumers')
  }
  if (ENTRA_HOST.test(text) && !ENTRA_TENANT.test(text)) {
    refuse('OIDC_ISSUER', 'must be https://login.microsoftonline.com/<tenant id>/v2.0 for Entra ID')
  }
  return text
}

function toSecret(text: string, refuse: Refuse): string {
  if (text.length < 16) refuse('OIDC_CLIENT_SECRET', 'must be at least 16 characters')
  if (isExampleSecret(text)) refuse('OIDC_CLIENT_SECRET', 'is an example value')
  return text
}

function toRoleMap(text: string, refuse: Refuse): ReadonlyMap<string, readonly StaffRole[]> {
  const map = new Map<string, StaffRole[]>()
  const pairs = toList(text)
  for (const pair of pairs) {
    // The last sign counts: the provider's own names may contain one.
    const at = pair.lastIndexOf('=')
    const name = pair.slice(0, Math.max(at, 0)).trim()
    const role = STAFF_ROLES.find((each) => each === pair.slice(at + 1).trim())
    if (name === '' || role === undefined) {
      return refuse(
        'OIDC_ROLE_MAP',
        `must be name=role with commas between, each role one of ${STAFF_ROLES.join(', ')}`,
      )
    }
    map.set(name, [...(map.get(name) ?? []), role])
  }
  if (pairs.length === 0 || pairs.length > MAX_ROLE_PAIRS) {
    refuse('OIDC_ROLE_MAP', `must be one to ${MAX_ROLE_PAIRS} pairs name=role`)
  }
  return map
}

function toList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
