import type { CallId, CallView, ClientMessageType, SignalMessage } from '@naervaer/shared'
import type { Connection } from '../presence/connection.ts'
import type { Handlers } from '../signalling/dispatch.ts'
import { MESSAGES_SERVE } from '../signalling/message-serves.ts'
import type { Calls, MakeEvent } from './service.ts'

interface CallRequest {
  readonly message: {
    readonly type: ClientMessageType
    readonly id: string
    readonly call: CallId
  }
  readonly sender: Connection
}

interface IncomingSignal {
  readonly message: SignalMessage
  readonly sender: Connection
  readonly frame: Buffer
}

const toReply = (replyTo: string, call: CallView) =>
  ({ type: 'call.reply', replyTo, call }) as const

/** What each message about a call, its signals and its ICE servers does. */
export function makeCallHandlers(calls: Calls): Omit<Handlers, 'ping'> {
  const apply = async ({ message, sender }: CallRequest, make: MakeEvent) =>
    toReply(message.id, await calls.apply(sender, message.call, make, MESSAGES_SERVE[message.type]))
  const relay = ({ message, sender, frame }: IncomingSignal) => calls.relay(sender, message, frame)
  return {
    'call.invite': async ({ message, sender }) =>
      toReply(message.id, await calls.invite(sender, message)),
    'call.ringing': (request) => apply(request, (_side, from) => ({ type: 'arrived', from })),
    'call.accept': (request) => apply(request, (_side, from) => ({ type: 'accept', from })),
    'call.decline': async ({ message, sender }) =>
      toReply(message.id, await calls.decline(sender, message.call, message.isAwaiting === true)),
    'call.cancel': (request) => apply(request, (_side, from) => ({ type: 'cancel', from })),
    'call.hangUp': (request) => apply(request, (side, from) => ({ type: 'hangUp', side, from })),
    'call.attach': async ({ message, sender }) =>
      toReply(message.id, await calls.attach(sender, message.call, message.former)),
    'call.goBack': async ({ message, sender }) =>
      toReply(message.id, await calls.goBack(sender, message.call, message.isWanted)),
    'call.media': (request) => {
      const { media } = request.message
      return apply(request, (side, from) => ({ type: 'mediaChanged', side, from, media }))
    },
    'call.connected': (request) => {
      const { generation, path } = request.message
      return apply(request, (side, from) => ({ type: 'linked', side, from, generation, path }))
    },
    'call.lost': (request) => {
      const { generation } = request.message
      return apply(request, (side, from) => ({ type: 'unlinked', side, from, generation }))
    },
    'call.leg': async ({ message, sender }) => {
      const { generation, quality } = message
      return toReply(message.id, await calls.noteLeg(sender, message.call, { generation, quality }))
    },
    'signal.description': relay,
    'signal.candidate': relay,
    'signal.ack': relay,
    'signal.please': relay,
    'turn.fetch': async ({ message, sender }) => ({
      type: 'turn.reply',
      replyTo: message.id,
      ...(await calls.getIceConfig(sender, message.call)),
    }),
  }
}
