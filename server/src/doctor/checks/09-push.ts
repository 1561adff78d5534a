import { createECDH } from 'node:crypto'
import SqliteFile from 'better-sqlite3'
import { ask } from '../ask.ts'
import { openRecords } from '../records.ts'
import {
  describeError,
  failure,
  ok,
  onlyFromInside,
  unseen,
  type Check,
  type DoctorContext,
  type Finding,
} from '../check.ts'
import type { PushHost } from '../../push-config.ts'

/** A host below each name that stands for many. */
const EXAMPLES: Readonly<Record<string, string>> = {
  'push.apple.com': 'web.push.apple.com',
  'notify.windows.com': 'wns2-par02p.notify.windows.com',
}

/** Notices can leave the house, and are signed with a key that fits. */
export const pushCheck: Check = {
  number: 9,
  name: { da: 'Beskeder (push)', en: 'Notices (push)' },
  isFromOutside: false,
  async run(context) {
    const { config, isOutside } = context
    if (isOutside) return [onlyFromInside()]
    if (config === null) return []
    if (!config.push.isEnabled) {
      return [
        unseen('PUSH_OFF', {
          da: 'Beskeder er slået fra (PUSH_ENABLED).',
          en: 'Notices are turned off (PUSH_ENABLED).',
        }),
      ]
    }
    const reached = await Promise.all(config.push.hosts.map((host) => reach(context, host)))
    const shut = reached.filter((name) => name !== null)
    const keys = await lookAtKeys(context)
    if (keys?.level === 'error') return [keys, ...shut.map(closed)]
    if (shut.length > 0) return shut.map(closed)
    return [
      ok('PUSH_OK', {
        da: 'Nøglen passer, og alle tjenester kan nås.',
        en: 'The key fits, and all services can be reached.',
      }),
    ]
  },
}

/** @returns its name where it cannot be reached */
async function reach(context: DoctorContext, host: PushHost): Promise<string | null> {
  const name = host.isSuffix ? EXAMPLES[host.name] : host.name
  // Of a name that stands for many, and of a trial's own machine, nothing is known.
  if (name === undefined || host.isLocal) return null
  try {
    const port = host.port === '' ? '' : `:${host.port}`
    // Whatever it answers: it is there, and its certificate is good.
    await ask(context, new URL(`https://${name}${port}/`), {
      isOutgoing: true,
      resolve: context.resolve,
    })
    return null
  } catch (error) {
    return `${name} (${describeError(error)})`
  }
}

const closed = (name: string): Finding =>
  failure(
    'PUSH_UNREACHED',
    {
      da: `${name} kan ikke nås: lukkede apps ringer ikke dér.`,
      en: `${name} cannot be reached: closed apps do not ring there.`,
    },
    {
      da: 'Åbn udgående 443/tcp fra serveren til netop det navn.',
      en: 'Open outgoing 443/tcp from the server to exactly that name.',
    },
  )

async function lookAtKeys(context: DoctorContext): Promise<Finding | null> {
  const wrong = failure(
    'VAPID_WRONG',
    {
      da: 'Nøglen til beskeder passer ikke sammen eller kan ikke åbnes.',
      en: 'The halves of the key for notices do not fit, or it does not open.',
    },
    {
      da: 'Er det den rigtige master.key? Ellers læg den nyeste sikkerhedskopi tilbage.',
      en: 'Is it the right master.key? Otherwise restore the newest backup.',
    },
  )
  const records = await openRecords(context)
  if (records === null) return null
  try {
    const row = records.file.prepare('select * from push_keys').get() as
      { public_key: string; sealed_private_key: string } | undefined
    if (row === undefined) return null
    const secret = records.secrets?.open('push', row.sealed_private_key, 'vapid').toString() ?? ''
    const ecdh = createECDH('prime256v1')
    ecdh.setPrivateKey(Buffer.from(secret, 'base64url'))
    return ecdh.getPublicKey('base64url') === row.public_key ? null : wrong
  } catch (error) {
    // That the records cannot be read is for check 11 to say: nothing is known of the key then.
    return error instanceof SqliteFile.SqliteError ? null : wrong
  } finally {
    records.close()
  }
}
