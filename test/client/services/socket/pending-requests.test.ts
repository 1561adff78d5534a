import { NaervaerError } from '@naervaer/shared'
import t from 'tap'
import {
  ConnectionLostError,
  PendingRequests,
} from '../../../../client/src/services/socket/pending-requests.ts'

t.test('an answer settles the request it names, and only that', async (t) => {
  const pending = new PendingRequests()
  const first = pending.add('ping')
  const second = pending.add('ping')
  t.not(first.id, second.id)
  pending.settle({ type: 'pong', replyTo: second.id, serverTime: 2 })
  pending.settle({ type: 'pong', replyTo: first.id, serverTime: 1 })
  t.equal((await first.reply).serverTime, 1)
  t.equal((await second.reply).serverTime, 2)
})

t.test('an error frame rejects with its code', async (t) => {
  const pending = new PendingRequests()
  const { id, reply } = pending.add('call.invite')
  pending.settle({ type: 'error', replyTo: id, code: 'NOT_ASSIGNED', retry: 'never' })
  const error: unknown = await reply.catch((cause: unknown) => cause)
  t.ok(error instanceof NaervaerError)
  t.match(error, { code: 'NOT_ASSIGNED', retry: 'never' })
})

t.test('an answer of the wrong kind is not taken for the right one', async (t) => {
  const pending = new PendingRequests()
  const { id, reply } = pending.add('call.invite')
  pending.settle({ type: 'pong', replyTo: id, serverTime: 1 })
  await t.rejects(reply, { code: 'INTERNAL' })
})

t.test('a lost connection rejects everything once; what comes later is dropped', async (t) => {
  const pending = new PendingRequests()
  const { id, reply } = pending.add('ping')
  pending.rejectAll()
  await t.rejects(reply, new ConnectionLostError())
  pending.settle({ type: 'pong', replyTo: id, serverTime: 1 })
  pending.settle({ type: 'error', replyTo: null, code: 'RATE_LIMITED', retry: 'later' })
})
