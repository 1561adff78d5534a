import Fastify from 'fastify'
import t, { type Test } from 'tap'
import webPush from 'web-push'
import { toPushConfig } from '../../../server/src/push-config.ts'
import { Sender, type Delivery } from '../../../server/src/push/sender.ts'
import { makeNoticeText } from '../../../server/src/push/make-text.ts'
import type { Clock } from '../../../server/src/plugins/clock.ts'
import { PushService, type Answer } from '../../helpers/push-service.ts'

/** A clock that is where its next timer is due as soon as that is set, and remembers each wait. */
class HurriedClock implements Clock {
  #now = 1_000_000
  readonly waitsMs: number[] = []

  now(): number {
    return this.#now
  }

  counted(): number {
    return this.#now
  }

  at(instant: number, run: () => void): () => void {
    this.waitsMs.push(instant - this.#now)
    this.#now = instant
    const timer = setImmediate(run)
    return () => clearImmediate(timer)
  }

  every(): () => void {
    throw new Error('nobody asks for it')
  }
}

interface Sent {
  readonly delivery: Delivery
  readonly waitsMs: readonly number[]
  readonly ttls: readonly number[]
  readonly count: number
}

/** Sends one message that matters for 90 s to a service that answers so, each time the next. */
async function send(
  t: Test,
  answers: readonly Answer[],
  onAsked: (sender: Sender) => void = () => undefined,
): Promise<Sent> {
  const service = await PushService.start(t)
  const clock = new HurriedClock()
  const publicUrl = new URL('https://video.example.dk')
  const config = toPushConfig(
    { PUSH_ENABLED: 'on', PUSH_HOSTS: service.host },
    { publicUrl, isProduction: false },
    (name) => {
      throw new Error(name)
    },
  )
  const keys = webPush.generateVAPIDKeys()
  const sender = new Sender({
    clock,
    config,
    keys: () => keys,
    log: Fastify().log,
    watcher: { settled: () => undefined, asked: () => undefined },
  })
  service.answer = () => {
    onAsked(sender)
    return answers[service.requests.length] ?? answers.at(-1) ?? { status: 201 }
  }
  const target = service.makeBrowser().subscription
  const until = clock.now() + 90_000
  const tag = 'A'.repeat(32)
  const text = makeNoticeText(
    { level: 2, language: 'da', target },
    {
      kind: 'ring',
      tag,
      token: 'B'.repeat(43),
      name: 'Mette',
      insteadOf: null,
      calledAt: 0,
      until,
      origin: '',
    },
  )
  const delivery = await sender.send({ target, text, topic: tag, until, retryUntil: until }).done
  const ttls = service.delivered.map(({ ttl }) => ttl)
  return { delivery, waitsMs: clock.waitsMs, ttls, count: service.requests.length }
}

t.test('5xx is tried again, later and later, with the rest of the time to live', async (t) => {
  const busy = { status: 503 }
  t.match(await send(t, [busy, busy, busy, { status: 201 }]), {
    delivery: 'accepted',
    waitsMs: [1_000, 2_000, 4_000],
    ttls: [83],
    count: 4,
  })
})

t.test('Retry-After is kept to, in seconds or as an instant', async (t) => {
  const inSeconds = { status: 429, headers: { 'retry-after': '7' } }
  t.match(await send(t, [inSeconds, { status: 201 }]), { waitsMs: [7_000], ttls: [83] })
  const at = new Date(1_000_000 + 30_000).toUTCString()
  const asInstant = { status: 503, headers: { 'retry-after': at } }
  t.match(await send(t, [asInstant, { status: 201 }]), { waitsMs: [30_000], ttls: [60] })
})

t.test('only while it still matters', async (t) => {
  const { delivery, waitsMs } = await send(t, [{ status: 500 }])
  t.equal(delivery, 'late')
  t.strictSame(waitsMs, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000])
  const tooLong = { status: 429, headers: { 'retry-after': '3600' } }
  t.match(await send(t, [tooLong]), { delivery: 'late', count: 1 })
})

t.test('what will never work is not tried again', async (t) => {
  t.match(await send(t, [{ status: 410 }]), { delivery: 'gone', count: 1 })
  t.match(await send(t, [{ status: 404 }]), { delivery: 'gone', count: 1 })
  t.match(await send(t, [{ status: 403 }]), { delivery: 'refused', count: 1 })
  t.match(await send(t, [{ status: 413 }]), { delivery: 'refused', count: 1 })
})

t.test('a server that closes waits for no push service that is out of order', async (t) => {
  const { delivery, waitsMs, count } = await send(t, [{ status: 503 }], (sender) => sender.stop())
  t.strictSame({ delivery, waitsMs, count }, { delivery: 'late', waitsMs: [], count: 1 })
})
