import { listSteps } from '../../backup/manifest.ts'
import { STEP_NAMES } from '../../database/migrate.ts'
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
      return judge(listSteps(file), sqlite)
    }),
}

function judge(made: readonly string[], sqlite: string) {
  const missing = STEP_NAMES.filter((step) => !made.includes(step))
  const newer = made.filter((step) => !STEP_NAMES.includes(step))
  const last = made.at(-1) ?? '–'
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
        da: 'Det virker én version tilbage. Længere tilbage: læg en sikkerhedskopi tilbage.',
        en: 'That works one version back. Further back: restore a backup.',
      },
    )
  }
  return ok('SCHEMA_OK', { da: `${last}, SQLite ${sqlite}.`, en: `${last}, SQLite ${sqlite}.` })
}
