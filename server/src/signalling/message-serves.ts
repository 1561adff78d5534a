import type { ClientMessageType, SocketRole } from '@naervaer/shared'

const BOTH: readonly SocketRole[] = ['citizen', 'worker']

/**
 * Whom each message serves; one that is not here does not compile. A message about a call goes by
 * the side that its sender has in that very call, so that strangers learn nothing of it.
 */
export const MESSAGES_SERVE: { readonly [T in ClientMessageType]: readonly SocketRole[] } = {
  ping: BOTH,
  'call.invite': ['worker'],
  'call.ringing': ['citizen'],
  'call.accept': ['citizen'],
  'call.decline': ['citizen'],
  'call.cancel': ['worker'],
  'call.hangUp': BOTH,
  'call.attach': BOTH,
  'call.goBack': BOTH,
  'call.media': BOTH,
  'call.connected': BOTH,
  'call.lost': BOTH,
  'call.leg': BOTH,
  'signal.description': BOTH,
  'signal.candidate': BOTH,
  'signal.ack': BOTH,
  'signal.please': BOTH,
  'turn.fetch': BOTH,
}
