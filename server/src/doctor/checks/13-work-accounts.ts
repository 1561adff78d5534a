import { randomBytes } from 'node:crypto'
import { CALLBACK_PATH } from '../../oidc/paths.ts'
import type { OidcConfig } from '../../oidc-config.ts'
import { ask } from '../ask.ts'
import {
  describeError,
  failure,
  ok,
  onlyFromInside,
  unseen,
  warning,
  type Check,
  type DoctorContext,
  type Finding,
} from '../check.ts'

interface Discovery {
  readonly issuer?: unknown
  readonly jwks_uri?: unknown
  readonly authorization_endpoint?: unknown
}

/** The provider of work accounts answers, has keys, and sends people back to us. */
export const workAccountsCheck: Check = {
  number: 13,
  name: { da: 'Arbejdskonti (OIDC)', en: 'Work accounts (OIDC)' },
  isFromOutside: false,
  async run(context) {
    const { config, isOutside } = context
    if (isOutside) return [onlyFromInside()]
    if (config === null) return []
    if (config.oidc === null) {
      return [unseen('OIDC_NONE', { da: 'Bruges ikke.', en: 'Not used.' })]
    }
    try {
      return [await look(context, config.oidc)]
    } catch (error) {
      return [unreached(describeError(error))]
    }
  },
}

async function look(context: DoctorContext, oidc: OidcConfig): Promise<Finding> {
  const where = new URL(`${oidc.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)
  const found = (await load(context, where)) as Discovery
  if (found.issuer !== oidc.issuer) {
    return failure(
      'OIDC_ISSUER_OTHER',
      {
        da: `Udbyderen kalder sig ${String(found.issuer)}, ikke ${oidc.issuer}.`,
        en: `The provider calls itself ${String(found.issuer)}, not ${oidc.issuer}.`,
      },
      { da: 'Skriv OIDC_ISSUER præcis sådan.', en: 'Write OIDC_ISSUER exactly so.' },
    )
  }
  const { keys } = (await load(context, new URL(String(found.jwks_uri)))) as { keys?: unknown }
  if (!Array.isArray(keys) || keys.length === 0) return unreached('no keys')
  return lookAtReturn(context, oidc, new URL(String(found.authorization_endpoint)))
}

async function load(context: DoctorContext, url: URL): Promise<object> {
  const reply = await ask(context, url, { isOutgoing: true })
  if (reply.status !== 200) throw new Error(`HTTP ${reply.status}`)
  const value: unknown = JSON.parse(reply.body.toString())
  if (typeof value !== 'object' || value === null) throw new Error('no JSON object')
  return value
}

/** Asks to be sent back without signing in: a provider that does not know the address does not do so. */
async function lookAtReturn(context: DoctorContext, oidc: OidcConfig, url: URL): Promise<Finding> {
  const back = `${context.config?.publicUrl ?? ''}${CALLBACK_PATH}`
  for (const [name, value] of Object.entries({
    ...{ response_type: 'code', client_id: oidc.clientId, redirect_uri: back, scope: 'openid' },
    ...{ prompt: 'none', state: random(), nonce: random() },
    ...{ code_challenge: random(), code_challenge_method: 'S256' },
  })) {
    url.searchParams.set(name, value)
  }
  const { headers } = await ask(context, url, { isOutgoing: true })
  if (headers.location?.startsWith(back) === true) {
    return ok('OIDC_OK', {
      da: 'Udbyderen svarer, har nøgler og sender tilbage til os.',
      en: 'The provider answers, has keys, and sends back to us.',
    })
  }
  return warning(
    'OIDC_RETURN_UNKNOWN',
    {
      da: `Udbyderen sender ikke tilbage til ${back}.`,
      en: `The provider does not send back to ${back}.`,
    },
    {
      da: 'Registrér netop den adresse hos udbyderen. Nogle udbydere svarer kun i en browser: prøv at logge ind.',
      en: 'Register exactly that address with the provider. Some answer in browsers only: try to sign in.',
    },
  )
}

const random = () => randomBytes(32).toString('base64url')

const unreached = (why: string): Finding =>
  failure(
    'OIDC_UNREACHED',
    {
      da: `Udbyderen svarer ikke, som den skal (${why}).`,
      en: `The provider does not answer as it should (${why}).`,
    },
    {
      da: 'Passer OIDC_ISSUER? Er der åbent for 443/tcp fra serveren?',
      en: 'Is OIDC_ISSUER right? Is 443/tcp open from the server?',
    },
  )
