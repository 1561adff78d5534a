import { failure, ok, onlyFromInside, type Check } from '../check.ts'

/** Whoever gets no answer is told a number that is somebody's. */
export const textsCheck: Check = {
  number: 17,
  name: { da: 'Vagttelefon', en: 'Duty telephone' },
  isFromOutside: false,
  run({ isOutside, config }) {
    if (isOutside) return Promise.resolve([onlyFromInside()])
    if (config === null) return Promise.resolve([])
    const { dutyPhone, isDemo } = config
    return Promise.resolve([
      dutyPhone === null || isDemo
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
          }),
    ])
  },
}
