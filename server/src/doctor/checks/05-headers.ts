import { listSecurityHeaders } from '../../plugins/security-headers.ts'
import { ask } from '../ask.ts'
import { describeError, failure, ok, unseen, type Check } from '../check.ts'

/** HSTS is looked at with the certificate, and how long files are kept differs from one to the next. */
const ELSEWHERE = new Set(['strict-transport-security', 'cache-control'])

const untried = (why: string) =>
  unseen('PAGE_UNTRIED', {
    da: `Kunne ikke prøves: certifikatet dur ikke (${why}).`,
    en: `Could not be tried: the certificate is no good (${why}).`,
  })

/** The headers that protect people reach the browser as the server sends them. */
export const headersCheck: Check = {
  number: 5,
  name: { da: 'Sikkerhedsheadere', en: 'Security headers' },
  isFromOutside: true,
  async run(context) {
    const { publicUrl } = context
    if (publicUrl === null) return []
    const origins = context.config?.origins ?? [publicUrl.origin]
    const wanted = listSecurityHeaders({ origins, isHttps: publicUrl.protocol === 'https:' })
    const reply = await ask(context, new URL('/', publicUrl)).catch(describeError)
    if (typeof reply === 'string' || reply.status >= 500) {
      const why = typeof reply === 'string' ? reply : String(reply.status)
      if (/CERT|SIGNATURE|ISSUER|ALTNAME/.test(why)) return [untried(why)]
      return [
        failure(
          'PAGE_UNREACHED',
          { da: `Forsiden svarer ikke (${why}).`, en: `The first page does not answer (${why}).` },
          {
            da: 'Kører app og proxy? Se i deres log.',
            en: 'Are app and proxy running? Look in their logs.',
          },
        ),
      ]
    }
    const wrong = Object.entries(wanted)
      .filter(([name, value]) => !ELSEWHERE.has(name) && reply.headers[name] !== value)
      .map(([name]) => name)
    if (wrong.length === 0) {
      return [
        ok('HEADERS_OK', { da: 'Alle er, som de skal være.', en: 'All are as they should be.' }),
      ]
    }
    const list = wrong.join(', ')
    return [
      failure(
        'HEADERS_CHANGED',
        { da: `Mangler eller er ændret: ${list}.`, en: `Missing or changed: ${list}.` },
        {
          da: 'Serveren sender dem: fjern regler i proxyen, der sætter eller sletter dem.',
          en: 'The server sends them: remove rules of the proxy that set or delete them.',
        },
      ),
    ]
  },
}
