import type { CallView, Side } from '@naervaer/shared'
import { firstName, t } from '../texts/text.ts'

/** How a call that another window of the same person has is told in this one. */
export interface Elsewhere {
  readonly title: string
  readonly body: string | null
}

/** Tells a ring and a talk apart: whoever only rings does not talk yet. */
export function describeElsewhere(call: CallView, side: Side): Elsewhere {
  const isRinging = call.state === 'inviting' || call.state === 'ringing'
  if (side === 'worker' && isRinging) {
    return { title: t('out.elsewhere', { name: firstName(call.citizen.name) }), body: null }
  }
  const name = firstName(side === 'worker' ? call.citizen.name : call.worker.name)
  return { title: t('ring.elsewhere'), body: t('ring.elsewhereBody', { name }) }
}
