import type { DurationMs } from '@naervaer/shared'
import { TurnClient, type Allocation } from '../../turn-client/turn-client.ts'
import { parseTurnUrl, type TurnPlace } from '../../turn-client/wire.ts'
import {
  describeError,
  failure,
  ok,
  warning,
  type Check,
  type DoctorContext,
  type Finding,
  type TurnAccess,
} from '../check.ts'
import { turnMissing } from '../turn-missing.ts'

/** As many as sound sends. */
const PACKET_EVERY_MS: DurationMs = 20
const LATE_MS: DurationMs = 500
const MAX_LOSS_PERCENT = 2

interface End {
  readonly place: TurnPlace
  readonly client: TurnClient
  readonly allocation: Allocation
}

/** TURN gives a place to real credentials over every way, and relays between two of its own places. */
export const relayCheck: Check = {
  number: 6,
  name: { da: 'TURN-forbindelser', en: 'TURN connections' },
  isFromOutside: true,
  async run(context) {
    const access = await context.loadTurn().catch(describeError)
    if (access === null || typeof access === 'string') return [turnMissing(access)]
    const findings: Finding[] = []
    const ends: End[] = []
    try {
      for (const url of access.urls) {
        const place = parseTurnUrl(url)
        if (place === null) continue
        const found = await open(context, access, place)
        if ('level' in found) findings.push(found)
        else {
          ends.push(found)
          findings.push(reached(found))
        }
      }
      const [first] = ends
      if (first === undefined) return findings
      // Where one way works only, its other end takes the same.
      const other = ends.at(-1)
      const last =
        other === undefined || other === first ? await open(context, access, first.place) : other
      if ('level' in last) return [...findings, last]
      if (!ends.includes(last)) ends.push(last)
      return [...findings, await relayBetween(context, first, last)]
    } finally {
      await Promise.all(ends.map(({ client }) => client.close()))
    }
  },
}

async function open(
  context: DoctorContext,
  { user }: TurnAccess,
  place: TurnPlace,
): Promise<End | Finding> {
  try {
    const client = await TurnClient.connect(place, user, context)
    try {
      return { place, client, allocation: await client.allocate() }
    } catch (error) {
      await client.close()
      throw error
    }
  } catch (error) {
    const why = describeError(error)
    const isRefused = /40[13]$/.test(why)
    return failure(
      isRefused ? 'TURN_REFUSED' : 'TURN_UNREACHED',
      {
        da: `${place.url}: ingen plads på TURN (${why}).`,
        en: `${place.url}: no place on TURN (${why}).`,
      },
      isRefused
        ? {
            da: 'TURN_SECRET skal være ens i serveren og coturn, og begges ure skal gå rigtigt.',
            en: 'TURN_SECRET must be the same in server and coturn, and both clocks must be right.',
          }
        : {
            da: 'Kører coturn? Er porten åben i firewallen? Passer adressen i TURN_URLS?',
            en: 'Is coturn running? Is the port open in the firewall? Is the address in TURN_URLS right?',
          },
    )
  }
}

const reached = ({ place, allocation }: End): Finding =>
  ok('TURN_OK', {
    da: `${place.url}: plads på ${allocation.relayed.address}.`,
    en: `${place.url}: a place on ${allocation.relayed.address}.`,
  })

async function relayBetween(context: DoctorContext, from: End, to: End): Promise<Finding> {
  try {
    await from.client.permit(to.allocation.relayed.address)
    await to.client.permit(from.allocation.relayed.address)
  } catch (error) {
    return noHairpin(describeError(error))
  }
  const arrived = new Set<number>()
  to.client.onData((data) => arrived.add(data.readUInt32BE(0)))
  const count = Math.ceil(context.relayMs / PACKET_EVERY_MS)
  for (let number = 0; number < count; number += 1) {
    const packet = Buffer.alloc(160)
    packet.writeUInt32BE(number)
    from.client.send(to.allocation.relayed, packet)
    await pause(PACKET_EVERY_MS)
  }
  await pause(LATE_MS)
  if (arrived.size === 0) return noHairpin('0 %')
  const loss = Math.round((1 - arrived.size / count) * 1000) / 10
  const text = {
    da: `${count} pakker fra TURN til TURN: ${loss} % kom ikke frem.`,
    en: `${count} packets from TURN to TURN: ${loss} % did not arrive.`,
  }
  return loss > MAX_LOSS_PERCENT
    ? warning('RELAY_LOSSY', text, {
        da: 'Se efter overbelastning på maskinen og på linjen.',
        en: 'Look for too much load on the machine and on the line.',
      })
    : ok('RELAY_OK', text)
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const noHairpin = (why: string): Finding =>
  failure(
    'RELAY_NO_HAIRPIN',
    {
      da: `To, der begge er på TURN, kan ikke nå hinanden (${why}).`,
      en: `Two who are both on TURN cannot reach each other (${why}).`,
    },
    {
      da: 'Skriv external-ip som OFFENTLIG/PRIVAT, eller allowed-peer-ip med relæets egen adresse. Skriv aldrig denied-peer-ip=::',
      en: 'Write external-ip as PUBLIC/PRIVATE, or allowed-peer-ip with the relay’s own address. Never write denied-peer-ip=::',
    },
  )
