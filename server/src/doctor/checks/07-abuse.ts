import { isIPv6 } from 'node:net'
import { TurnClient, TurnRefusal, type Wish } from '../../turn-client/turn-client.ts'
import { parseTurnUrl } from '../../turn-client/wire.ts'
import { describeError, failure, ok, unseen, type Check, type Finding } from '../check.ts'
import { turnMissing } from '../turn-missing.ts'

/** Where a relay must never lead (criterion S-21): this machine, private networks, and their disguises. */
export const FORBIDDEN = [
  ...[
    '127.0.0.1',
    '127.1.2.3',
    '0.0.0.0',
    '10.0.0.1',
    '10.255.255.254',
    '172.16.0.1',
    '172.17.0.1',
  ],
  ...['172.31.255.254', '192.168.0.1', '192.168.255.254', '169.254.169.254', '100.64.0.1'],
  ...['198.18.0.1', '192.0.2.1', '198.51.100.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
  ...['::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::127.0.0.1', '64:ff9b::7f00:1'],
  ...['2002:7f00:1::', '2001:db8::1', '2001::1', 'fe80::1', 'fd00::1', 'fec0::1', 'ff02::1'],
]

/** Anybody's: nothing is sent there, it is only asked whether it might be. */
const PUBLIC_PEER = '1.1.1.1'
const FORBIDDEN_STATUS = 403
/** How a server refuses a place that has no address of the family (RFC 8656 § 7.2). */
const NO_FAMILY_STATUS = 440

/** The relay is no door into the network that it stands in. */
export const abuseCheck: Check = {
  number: 7,
  name: { da: 'TURN som bagdør', en: 'TURN as a back door' },
  isFromOutside: true,
  async run(context) {
    const access = await context.loadTurn().catch(describeError)
    if (access === null || typeof access === 'string') return [turnMissing(access)]
    const place = access.urls.map(parseTurnUrl).find((each) => each !== null)
    if (place === undefined) return [turnMissing(null)]
    const clients: TurnClient[] = []
    const open = async (family: NonNullable<Wish['family']>) => {
      const client = await TurnClient.connect(place, access.user, context)
      clients.push(client)
      await client.allocate({ family })
      return client
    }
    try {
      return await probe(await open('ipv4'), await open('ipv6').catch(noneOfFamily))
    } catch (error) {
      // That there is no way to it is said by the line before.
      return [
        unseen('ABUSE_UNTRIED', {
          da: `Kunne ikke prøves (${describeError(error)}).`,
          en: `Could not be tried (${describeError(error)}).`,
        }),
      ]
    } finally {
      for (const client of clients) await client.close()
    }
  },
}

/** A relay without a place of this family has no way to any address of it. */
function noneOfFamily(error: unknown): null {
  if (error instanceof TurnRefusal && error.status === NO_FAMILY_STATUS) return null
  throw error
}

/** An address can be asked for only from a place of its own family (RFC 8656 § 9.2). */
async function probe(ipv4: TurnClient, ipv6: TurnClient | null): Promise<Finding[]> {
  const open: string[] = []
  for (const target of FORBIDDEN) {
    const client = isIPv6(target) ? ipv6 : ipv4
    if (client !== null && (await isPermitted(client, target))) open.push(target)
  }
  const findings: Finding[] = []
  if (open.length > 0) {
    const list = open.join(', ')
    findings.push(
      failure(
        'TURN_OPEN',
        { da: `TURN sender videre til ${list}.`, en: `TURN relays to ${list}.` },
        {
          da: 'Brug coturn.conf fra Nærvær med alle linjer denied-peer-ip, og coturn 4.17 eller nyere.',
          en: 'Use the coturn.conf of Nærvær with all denied-peer-ip lines, and coturn 4.17 or later.',
        },
      ),
    )
  }
  if (!(await isPermitted(ipv4, PUBLIC_PEER))) {
    findings.push(
      failure(
        'TURN_SHUT',
        {
          da: 'TURN afviser også almindelige adresser.',
          en: 'TURN refuses ordinary addresses as well.',
        },
        {
          da: 'En linje denied-peer-ip rammer for bredt. Skriv aldrig :: som grænse.',
          en: 'A denied-peer-ip line covers too much. Never write :: as a bound.',
        },
      ),
    )
  }
  const count = FORBIDDEN.length
  return findings.length > 0
    ? findings
    : [
        ok('ABUSE_REFUSED', {
          da: `Alle ${count} forbudte mål blev afvist.`,
          en: `All ${count} forbidden targets were refused.`,
        }),
      ]
}

async function isPermitted(client: TurnClient, address: string): Promise<boolean> {
  try {
    await client.permit(address)
    return true
  } catch (error) {
    if (error instanceof TurnRefusal && error.status === FORBIDDEN_STATUS) return false
    throw error
  }
}
