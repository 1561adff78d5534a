import { failure, ok, onlyFromInside, warning, type Check, type Finding } from '../check.ts'

/** The environment is accepted, complete for production, and holds no example. */
export const configurationCheck: Check = {
  number: 1,
  name: { da: 'Indstillinger', en: 'Configuration' },
  isFromOutside: false,
  run({ isOutside, config, configProblem }) {
    if (isOutside) return Promise.resolve([onlyFromInside()])
    if (config === null) {
      const problem = configProblem ?? ''
      return Promise.resolve([
        failure(
          'CONFIG_REFUSED',
          {
            da: `Serveren kan ikke starte sådan: ${problem}`,
            en: `The server cannot start like this: ${problem}`,
          },
          {
            da: 'Ret variablen. Tabellen i docs/operating.md siger, hvad den må være.',
            en: 'Change the variable. The table in docs/operating.md says what it may be.',
          },
        ),
      ])
    }
    const missing: Finding[] = []
    const miss = (code: string, da: string, en: string, todoDa: string, todoEn: string) =>
      missing.push(warning(code, { da, en }, { da: todoDa, en: todoEn }))
    if (config.isPublicUrlDefault) {
      miss(
        'PUBLIC_URL_DEFAULT',
        'PUBLIC_URL er ikke sat: links fører kun til denne maskine.',
        'PUBLIC_URL is not set: links lead to this machine only.',
        'Sæt PUBLIC_URL til adressen, som borgerne ser.',
        'Set PUBLIC_URL to the address that citizens see.',
      )
    }
    if (config.isDemo || !config.isProduction) {
      miss(
        'NOT_PRODUCTION',
        'Serveren er sat op til prøve, ikke til drift.',
        'The server is set up for trying, not for production.',
        'Sæt NODE_ENV=production, og fjern DEMO.',
        'Set NODE_ENV=production, and remove DEMO.',
      )
    }
    if (config.turn.secret === null) {
      miss(
        'TURN_MISSING',
        'Der er ingen TURN-server: bag mange firewalls lykkes opkald ikke.',
        'There is no TURN server: behind many firewalls calls do not succeed.',
        'Sæt TURN_URLS og TURN_SECRET.',
        'Set TURN_URLS and TURN_SECRET.',
      )
    }
    const whole = {
      da: 'Alt er sat, og intet er et eksempel.',
      en: 'All is set, and nothing is an example.',
    }
    return Promise.resolve(missing.length === 0 ? [ok('CONFIG_OK', whole)] : missing)
  },
}
