import { failure, unseen, type Finding } from './check.ts'

/** @param why - null where there is none, otherwise why nothing was told of it */
export function turnMissing(why: string | null): Finding {
  if (why === null) {
    return unseen('TURN_NONE', {
      da: 'Der er ingen TURN-server at prøve.',
      en: 'There is no TURN server to try.',
    })
  }
  return failure(
    'TURN_UNKNOWN',
    {
      da: `Serveren giver ingen adgang til TURN (${why}).`,
      en: `The server gives no access to TURN (${why}).`,
    },
    {
      da: 'Svarer siden? Er der prøvet mange gange på ti minutter, så vent lidt.',
      en: 'Does the page answer? After many trials in ten minutes, wait a little.',
    },
  )
}
