import { connect, type PeerCertificate, type TLSSocket } from 'node:tls'
import { isIP } from 'node:net'
import type { DurationMs } from '@naervaer/shared'
import { parseTurnUrl } from '../../turn-client/wire.ts'
import { ask } from '../ask.ts'
import {
  describeError,
  failure,
  ok,
  warning,
  type Check,
  type DoctorContext,
  type Finding,
} from '../check.ts'

const DAY_MS: DurationMs = 24 * 3_600_000
/** Criterion O-07. */
const WARNING_DAYS = 21
const ERROR_DAYS = 7

interface Place {
  readonly host: string
  readonly port: number
}

/** The certificates of the page and of TURN: whole, of the right name, and not about to end. */
export const tlsCheck: Check = {
  number: 3,
  name: { da: 'Certifikat og TLS', en: 'Certificate and TLS' },
  isFromOutside: true,
  async run(context) {
    const { publicUrl } = context
    const findings: Finding[] = []
    if (publicUrl?.protocol === 'https:') {
      const port = publicUrl.port === '' ? 443 : Number(publicUrl.port)
      findings.push(...(await lookAt(context, { host: publicUrl.hostname, port })))
      findings.push(...(await lookForHsts(context, publicUrl)))
    } else {
      findings.push(
        warning(
          'TLS_NONE',
          {
            da: 'Adressen er http: kun denne maskine kan bruge kamera og mikrofon.',
            en: 'The address is http: only this machine can use camera and microphone.',
          },
          { da: 'Sæt PUBLIC_URL til en https-adresse.', en: 'Set PUBLIC_URL to an https address.' },
        ),
      )
    }
    const places = (context.config?.turn.urls ?? []).map(parseTurnUrl)
    for (const place of places) {
      if (place?.kind === 'tls') findings.push(...(await lookAt(context, place)))
    }
    return findings
  },
}

async function lookAt(context: DoctorContext, place: Place): Promise<Finding[]> {
  const name = `${place.host}:${place.port}`
  let socket: TLSSocket
  try {
    socket = await shake(context, place)
  } catch (error) {
    return [explain(name, describeError(error))]
  }
  const certificate = socket.getPeerCertificate()
  const protocol = socket.getProtocol() ?? ''
  socket.destroy()
  const isOld = await shake(context, place, 'TLSv1.1').then(
    (old) => {
      old.destroy()
      return true
    },
    () => false,
  )
  return [judgeEnd(name, certificate, context.now(), protocol), ...(isOld ? [tooOld(name)] : [])]
}

function shake(context: DoctorContext, place: Place, only?: 'TLSv1.1'): Promise<TLSSocket> {
  const { ca, timeoutMs } = context
  const old =
    only === undefined
      ? {}
      : {
          minVersion: only,
          maxVersion: only,
          ciphers: 'DEFAULT@SECLEVEL=0',
          rejectUnauthorized: false,
        }
  const { host, port } = place
  return new Promise((resolve, reject) => {
    const socket = connect({
      ...{ host: host.replace(/^\[|\]$/g, ''), port },
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(ca === undefined ? {} : { ca }),
      ...old,
    })
    const timer = setTimeout(() => {
      socket.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' }))
    }, timeoutMs)
    socket.once('secureConnect', () => {
      clearTimeout(timer)
      socket.on('error', () => undefined)
      resolve(socket)
    })
    socket.once('error', (error: Error) => {
      clearTimeout(timer)
      reject(error)
    })
  })
}

const EXPIRED = 'CERT_HAS_EXPIRED'
const WRONG_NAME = 'ERR_TLS_CERT_ALTNAME_INVALID'

function explain(name: string, code: string): Finding {
  if (code === EXPIRED) {
    return failure(
      'TLS_EXPIRED',
      { da: `${name}: certifikatet er udløbet.`, en: `${name}: the certificate has expired.` },
      {
        da: 'Forny det nu, og genindlæs proxy og coturn.',
        en: 'Renew it now, and reload proxy and coturn.',
      },
    )
  }
  if (code === WRONG_NAME) {
    return failure(
      'TLS_WRONG_NAME',
      {
        da: `${name}: certifikatet er til et andet navn.`,
        en: `${name}: the certificate is for another name.`,
      },
      {
        da: 'Bestil et certifikat til netop dette navn.',
        en: 'Order a certificate for exactly this name.',
      },
    )
  }
  const isChain = /SELF_SIGNED|UNABLE_TO|ISSUER|UNTRUSTED|LEAF/.test(code)
  return failure(
    isChain ? 'TLS_UNTRUSTED' : 'TLS_UNREACHED',
    isChain
      ? {
          da: `${name}: telefoner stoler ikke på certifikatet (${code}).`,
          en: `${name}: telephones do not trust the certificate (${code}).`,
        }
      : {
          da: `${name}: ingen TLS-forbindelse (${code}).`,
          en: `${name}: no TLS connection (${code}).`,
        },
    isChain
      ? {
          da: 'Læg hele kæden med mellemcertifikater ind. En intern CA kan ikke bruges til borgerne.',
          en: 'Install the whole chain with intermediates. An internal CA cannot serve citizens.',
        }
      : {
          da: 'Kører proxyen? Er porten åben? Kan serveren bare ikke nå sin egen adresse, så kør med --outside.',
          en: 'Is the proxy running? Is the port open? If only the server cannot reach its own address, run with --outside.',
        },
  )
}

function judgeEnd(
  name: string,
  { valid_to }: PeerCertificate,
  now: number,
  protocol: string,
): Finding {
  const days = Math.floor((Date.parse(valid_to) - now) / DAY_MS)
  const text = {
    da: `${name}: certifikatet gælder ${days} dage endnu (${protocol}).`,
    en: `${name}: the certificate holds for ${days} more days (${protocol}).`,
  }
  const todo = {
    da: 'Forny certifikatet, eller find ud af, hvorfor det ikke er sket af sig selv.',
    en: 'Renew the certificate, or find out why that has not happened by itself.',
  }
  if (days < ERROR_DAYS) return failure('TLS_ENDS_SOON', text, todo)
  return days < WARNING_DAYS ? warning('TLS_ENDS_SOON', text, todo) : ok('TLS_OK', text)
}

const tooOld = (name: string): Finding =>
  failure(
    'TLS_TOO_OLD',
    {
      da: `${name}: tager også TLS 1.1, som er usikkert.`,
      en: `${name}: also takes TLS 1.1, which is not safe.`,
    },
    { da: 'Tillad kun TLS 1.2 og 1.3 i proxyen.', en: 'Allow TLS 1.2 and 1.3 only in the proxy.' },
  )

async function lookForHsts(context: DoctorContext, url: URL): Promise<Finding[]> {
  const reply = await ask(context, new URL('/health', url)).catch(() => null)
  // That nobody answers is said by another line.
  if (reply === null || reply.headers['strict-transport-security'] !== undefined) return []
  return [
    warning(
      'HSTS_MISSING',
      {
        da: 'Svaret mangler Strict-Transport-Security.',
        en: 'The answer lacks Strict-Transport-Security.',
      },
      {
        da: 'Serveren sender den: proxyen må ikke fjerne den.',
        en: 'The server sends it: the proxy must not take it away.',
      },
    ),
  ]
}
