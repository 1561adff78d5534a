import { listMadeSteps } from '../../backup/manifest.ts'
import { judgeSteps, type MadeStep } from '../../database/steps.ts'
import { failure, ok, warning, type Check } from '../check.ts'
import { lookIntoRecords } from '../records.ts'

/** The records have the shape that this version works with. */
export const schemaCheck: Check = {
  number: 15,
  name: { da: 'Databasens version', en: 'Version of the database' },
  isFromOutside: false,
  run: (context) =>
    lookIntoRecords(context, 'SCHEMA', (file) => {
      const sqlite = file.prepare('select sqlite_version()').pluck().get() as string
      return judge(listMadeSteps(file), sqlite)
    }),
}

function judge(made: readonly MadeStep[], sqlite: string) {
  const { missing, newer, tooNew } = judgeSteps(made)
  const last = made.at(-1)?.name ?? '–'
  if (tooNew.length > 0) {
    const list = tooNew.join(', ')
    return failure(
      'SCHEMA_TOO_NEW',
      {
        da: `Databasen er fra en nyere version, som den her ikke kan køre på (${list}).`,
        en: `The database is of a newer version, which this one cannot run on (${list}).`,
      },
      {
        da: 'Start den nyere version igen, eller læg en sikkerhedskopi fra før tilbage.',
        en: 'Start the newer version again, or restore a backup from before.',
      },
    )
  }
  if (missing.length > 0) {
    const list = missing.join(', ')
    return failure(
      'SCHEMA_OLD',
      { da: `Databasen mangler ${list}.`, en: `The database lacks ${list}.` },
      {
        da: 'Start serveren, eller kør naervaer migrate: en kopi gemmes først.',
        en: 'Start the server, or run naervaer migrate: a copy is kept first.',
      },
    )
  }
  if (newer.length > 0) {
    return warning(
      'SCHEMA_NEWER',
      {
        da: `Databasen er fra en nyere version (${newer.join(', ')}).`,
        en: `The database is of a newer version (${newer.join(', ')}).`,
      },
      {
        da: 'Den her version kører på den. Skift til den nyere, når den er god.',
        en: 'This version runs on it. Change to the newer one when that is good.',
      },
    )
  }
  return ok('SCHEMA_OK', { da: `${last}, SQLite ${sqlite}.`, en: `${last}, SQLite ${sqlite}.` })
}
