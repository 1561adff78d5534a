import { mayBeRung, type CitizenPresence } from '@naervaer/shared'

type Citizen = Pick<CitizenPresence, 'availability' | 'choice'>

/** Whether a ring would reach somebody in the app, as far as is known; if not, there is the telephone. */
export const isReachedByApp = ({ availability, choice }: Citizen): boolean =>
  mayBeRung(choice.state) && availability !== 'unreachable'

/** "Ring op" is as loud as the ring would be. */
export function weighRing({ availability, choice }: Citizen): 'primary' | 'plain' | '' {
  if (!mayBeRung(choice.state)) return 'plain'
  return availability === 'open' || availability === 'ready' ? 'primary' : ''
}
