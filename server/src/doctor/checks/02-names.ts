import { isIP } from 'node:net'
import { parseTurnUrl } from '../../turn-client/wire.ts'
import {
  describeError,
  failure,
  ok,
  warning,
  type Check,
  type DoctorContext,
  type Finding,
} from '../check.ts'

/** RFC 1918, loopback, link-local, carrier NAT; and IPv6's likes of them. */
const PRIVATE =
  /^(10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1$|f[cd]|fe[89ab])/i

/** The page's name and TURN's names lead somewhere, and to where others can come. */
export const namesCheck: Check = {
  number: 2,
  name: { da: 'Navne i DNS', en: 'Names in DNS' },
  isFromOutside: true,
  async run(context) {
    const hosts = new Set<string>()
    if (context.publicUrl !== null) hosts.add(context.publicUrl.hostname.replace(/^\[|\]$/g, ''))
    for (const url of context.config?.turn.urls ?? []) hosts.add(parseTurnUrl(url)?.host ?? url)
    return Promise.all([...hosts].map((host) => look(context, host)))
  },
}

async function look({ resolve }: DoctorContext, host: string): Promise<Finding> {
  const found =
    isIP(host) === 0 ? await resolve(host).catch((error: unknown) => describeError(error)) : [host]
  if (typeof found === 'string' || found.length === 0) {
    const why = typeof found === 'string' ? found : ''
    return failure(
      'NAME_UNKNOWN',
      { da: `${host} findes ikke i DNS (${why}).`, en: `${host} is not in DNS (${why}).` },
      {
        da: 'Opret navnet som A-record (og AAAA, hvis I bruger IPv6).',
        en: 'Create the name as an A record (and AAAA where you use IPv6).',
      },
    )
  }
  const list = found.join(', ')
  const families = new Set(found.map((address) => `IPv${isIP(address)}`))
  if (found.every((address) => PRIVATE.test(address))) {
    return warning(
      'NAME_PRIVATE',
      {
        da: `${host} er ${list}: den adresse findes kun indenfor.`,
        en: `${host} is ${list}: that address exists inside only.`,
      },
      {
        da: 'Se efter udefra med --outside. Borgernes telefoner skal have en offentlig adresse.',
        en: 'Look from outside with --outside. Citizens’ telephones need a public address.',
      },
    )
  }
  const kinds = [...families].sort().join(' + ')
  return ok('NAME_OK', {
    da: `${host} er ${list} (${kinds}).`,
    en: `${host} is ${list} (${kinds}).`,
  })
}
