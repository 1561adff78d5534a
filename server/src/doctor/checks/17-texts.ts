import type { Config } from '../../config.ts'
import { failure, ok, onlyFromInside, warning, type Check, type Finding } from '../check.ts'

/** What a citizen must be able to find: a number that is somebody's, and what the law asks a municipality to say. */
export const textsCheck: Check = {
  number: 17,
  name: {
    da: 'Vagttelefon og lovpligtige tekster',
    en: 'Duty telephone and texts the law asks for',
  },
  isFromOutside: false,
  run({ isOutside, config }) {
    if (isOutside) return Promise.resolve([onlyFromInside()])
    if (config === null) return Promise.resolve([])
    return Promise.resolve([judgePhone(config), ...judgeTexts(config)])
  },
}

function judgePhone({ dutyPhone, isDemo }: Config): Finding {
  return dutyPhone === null || isDemo
    ? failure(
        'DUTY_PHONE_MISSING',
        {
          da: 'Borgere uden svar får intet nummer at ringe til.',
          en: 'Citizens without an answer are told no number to ring.',
        },
        {
          da: 'Sæt DUTY_PHONE til jeres vagttelefon.',
          en: 'Set DUTY_PHONE to your duty telephone.',
        },
      )
    : ok('DUTY_PHONE_OK', {
        da: `Borgere får ${dutyPhone}.`,
        en: `Citizens are told ${dutyPhone}.`,
      })
}

/** Whether the pages there are right is the municipality's to see: a page that answers may say anything. */
function judgeTexts({ municipality }: Config): Finding[] {
  const missing = [
    ...(municipality.name === null ? ['MUNICIPALITY_NAME'] : []),
    ...(municipality.privacyUrl === null ? ['PRIVACY_URL'] : []),
    ...(municipality.accessibilityUrl === null ? ['ACCESSIBILITY_STATEMENT_URL'] : []),
  ]
  if (missing.length === 0) {
    return [
      ok('TEXTS_OK', {
        da: 'Appen viser vej til teksten om data og til tilgængelighedserklæringen.',
        en: 'The app leads to the text about data and to the accessibility statement.',
      }),
    ]
  }
  const list = missing.join(', ')
  return [
    warning(
      'TEXTS_MISSING',
      {
        da: `Siden Om appen (/om) mangler, hvad loven kræver: ${list}.`,
        en: `The page About the app (/om) lacks what the law asks for: ${list}.`,
      },
      {
        da: 'Sæt dem i .env. Skabeloner: docs/data-protection/citizens.da.md og docs/accessibility-statement.da.md.',
        en: 'Set them in .env. Templates: docs/data-protection/citizens.en.md and docs/accessibility-statement.en.md.',
      },
    ),
  ]
}
