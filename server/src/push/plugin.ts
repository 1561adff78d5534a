import fp from 'fastify-plugin'
import type { DurationMs, UnixMs } from '@naervaer/shared'
import webPush from 'web-push'
import type { Config } from '../config.ts'
import { KnownDevices } from './known-devices.ts'
import { makePushRepository, type Subscription } from './repository.ts'
import { NoticePost } from './notice-post.ts'
import { ReminderNotices } from './reminder-notices.ts'
import { watchKeys } from './key-watch.ts'
import { RingNotices } from './ring-notices.ts'
import { Sender, type DeliveryWatcher } from './sender.ts'
import { Push } from './service.ts'
import { findVendor, type Vendor } from './vendor.ts'
import { sweepRegularly } from '../plugins/sweep.ts'

const SWEEP_INTERVAL_MS: DurationMs = 3_600_000

/** So long silence is said where nobody has asked again: the only device there may be gone. */
const SILENCE_SAID_MS: DurationMs = 3_600_000

declare module 'fastify' {
  interface FastifyInstance {
    push: Push
  }
}

/**
 * Notices to devices whose app is closed.
 *
 * Owns push_keys, push_subscriptions and push_notices, in memory who is notified and what is on its way.
 * Asks secrets to seal, presence to tell workers, accounts whose devices are whose, and audit to keep what
 * citizens turn on and off.
 */
export const pushPlugin = fp<{ config: Config }>(
  async (app, { config }) => {
    const { clock, log, database, secrets, parts, presence, accounts, audit } = app
    const repository = makePushRepository(database, secrets)
    let keys = await repository.findOrKeepKeys(() => webPush.generateVAPIDKeys(), clock.now())
    const known = new KnownDevices(presence, () => clock.now())
    const watcher: DeliveryWatcher = {
      settled: (endpoint, delivery) => push.noteDelivery(findVendor(endpoint), delivery),
      asked: (endpoint, hasAnswered) => {
        if (hasAnswered) silent.delete(findVendor(endpoint))
        else silent.set(findVendor(endpoint), clock.now())
        parts.say('push', doAllAnswer())
      },
    }
    /** Who did not answer when last asked, and when that was. */
    const silent = new Map<Vendor, UnixMs>()
    const doAllAnswer = () =>
      [...silent.values()].every((at) => clock.now() - at >= SILENCE_SAID_MS)
    parts.watch('push', doAllAnswer)
    const sender = new Sender({ clock, log, keys: () => keys, config: config.push, watcher })
    const onGone = async (subscription: Subscription) => {
      const isGone = await repository.removeTarget(subscription)
      if (isGone) known.remove(subscription.deviceId)
    }
    const origin = config.publicUrl
    const post = new NoticePost({ clock, repository, sender, onGone })
    const notices = new RingNotices({ clock, log, origin, repository, post })
    const reminders = new ReminderNotices({ clock, log, origin, repository, post })
    const push = new Push({
      clock,
      log,
      audit,
      config: config.push,
      silentMs: config.retention.pushMs,
      repository,
      known,
      publicKey: () => keys.publicKey,
      notices,
      reminders,
      indexKey: secrets.key('push-endpoint'),
    })
    if (config.push.isEnabled) {
      for (const device of await repository.listDevices()) known.set(device)
    }
    const stopWatch = watchKeys({
      clock,
      keys,
      load: () => repository.findKeys(),
      onChanged: async (changed) => {
        keys = changed
        known.clear()
        // Some may have made their new address before this was noticed.
        for (const device of await repository.listDevices()) known.set(device)
        for (const connection of presence.listAll()) {
          if (connection.role === 'citizen') connection.send({ type: 'push.keyChanged' })
        }
      },
      onError: (error) => log.error({ err: error }, 'keys for notices not looked for'),
    })
    accounts.onSignedOut((deviceId) => {
      push.forgetDevice(deviceId).catch((error: unknown) => {
        log.error({ err: error, deviceId }, 'signed-out device still notified')
      })
    })
    sweepRegularly(app, {
      everyMs: SWEEP_INTERVAL_MS,
      what: 'forgetting old notices',
      run: () => push.sweep(),
      isHeld: () => app.knownTime.isDoubted,
    })
    app.addHook('onClose', () => {
      stopWatch()
      sender.stop()
    })
    app.decorate('push', push)
  },
  {
    name: 'push',
    dependencies: [
      'accounts',
      'audit',
      'clock',
      'database',
      'knownTime',
      'parts',
      'presence',
      'secrets',
    ],
  },
)
