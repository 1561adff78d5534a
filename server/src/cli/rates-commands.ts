import { findRate, isDay, MAX_ORE_PER_KM, MIN_ORE_PER_KM } from '@naervaer/shared'
import { CLI_ACTOR, EXIT_CODES, toTable, UsageError, type RecordsCommand } from './command.ts'

const inDenmark = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Copenhagen',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

const list: RecordsCommand = {
  name: 'rates list',
  usage: '',
  summary: 'list what a kilometre is paid with, from which day on',
  wordCount: [0, 0],
  async run({ mileageRates, audit, now }) {
    const rates = await mileageRates.list()
    const current = findRate(rates, inDenmark.format(now()))
    const event = { action: 'rates.listed', actor: CLI_ACTOR, subjectId: null } as const
    await audit.record({ ...event, details: { count: rates.length } })
    const rows = rates.map((rate) => [
      rate.validFrom,
      String(rate.orePerKm),
      rate === current ? 'today' : '',
    ])
    const json = rates.map((rate) => ({ ...rate, isCurrent: rate === current }))
    return { lines: toTable([['FROM', 'ORE PER KM', 'HOLDS'], ...rows]), json }
  },
}

const add: RecordsCommand = {
  name: 'rates add',
  usage: '<first day> <øre per km>',
  summary: 'add a rate, such as rates add 2027-01-01 399',
  wordCount: [2, 2],
  async run({ mileageRates }, { words: [day = '', ore = ''] }) {
    const rate = { validFrom: parseDay(day), orePerKm: parseOre(ore) }
    const isAdded = await mileageRates.add(rate)
    return {
      lines: isAdded
        ? [`From ${rate.validFrom} a kilometre is paid with ${rate.orePerKm} øre.`]
        : [`There is a rate from ${rate.validFrom} already; rates remove takes it away.`],
      json: { ...rate, isAdded },
      exitCode: isAdded ? EXIT_CODES.ok : EXIT_CODES.failed,
    }
  },
}

const remove: RecordsCommand = {
  name: 'rates remove',
  usage: '<first day>',
  summary: 'remove the rate that begins on this day',
  wordCount: [1, 1],
  async run({ mileageRates }, { words: [day = ''] }) {
    const validFrom = parseDay(day)
    const isRemoved = await mileageRates.remove(validFrom)
    return {
      lines: [
        isRemoved
          ? `The rate from ${validFrom} is removed.`
          : `There is no rate from ${validFrom}; rates list has them.`,
      ],
      json: { validFrom, isRemoved },
      exitCode: isRemoved ? EXIT_CODES.ok : EXIT_CODES.failed,
    }
  },
}

export const RATES_COMMANDS: readonly RecordsCommand[] = [list, add, remove]

function parseDay(text: string): string {
  if (!isDay(text)) throw new UsageError('the day must be one there is, such as 2027-01-01')
  return text
}

/** Kroner with a comma or a point would be a hundredth of what was meant. */
function parseOre(text: string): number {
  const ore = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(ore >= MIN_ORE_PER_KM && ore <= MAX_ORE_PER_KM)) {
    throw new UsageError(
      `the amount must be whole øre from ${MIN_ORE_PER_KM} to ${MAX_ORE_PER_KM}, such as 394 for 3.94 kroner`,
    )
  }
  return ore
}
