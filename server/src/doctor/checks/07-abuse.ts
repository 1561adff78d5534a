import { TurnClient, TurnRefusal } from '../../turn-client/turn-client.ts'
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
/** An address of the other family than the place on the relay (RFC 8656 § 9.2): no way there either. */
const OTHER_FAMILY = 443

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
    let client: TurnClient | null = null
    try {
      client = await TurnClient.connect(place, access.user, context)
      await client.allocate()
      return await probe(client)
    } catch (error) {
      // That there is no way to it is said by the line before.
      return [
        unseen('ABUSE_UNTRIED', {
          da: `Kunne ikke prøves (${describeError(error)}).`,
          en: `Could not be tried (${describeError(error)}).`,
        }),
      ]
    } finally {
      await client?.close()
    }
  },
}

async function probe(client: TurnClient): Promise<Finding[]> {
  const open: string[] = []
  for (const target of FORBIDDEN) if (await isPermitted(client, target)) open.push(target)
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
  if (!(await isPermitted(client, PUBLIC_PEER))) {
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
    const isNo =
      error instanceof TurnRefusal && [FORBIDDEN_STATUS, OTHER_FAMILY].includes(error.status)
    if (isNo) return false
    throw error
  }
}
