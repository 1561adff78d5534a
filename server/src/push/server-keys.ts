import type { AuditActor } from '@naervaer/shared'
import webPush from 'web-push'
import type { Audit } from '../audit/audit.ts'
import type { Database } from '../database/open.ts'
import type { Clock } from '../plugins/clock.ts'
import type { Secrets } from '../secrets/secrets.ts'
import { makePushRepository } from './repository.ts'

interface ServerKeysOptions {
  readonly database: Database
  readonly secrets: Secrets
  readonly audit: Pick<Audit, 'record'>
  readonly clock: Clock
}

/** The pair by which push services know this server, also where the server itself does not run. */
export class ServerKeys {
  readonly #options: ServerKeysOptions

  constructor(options: ServerKeysOptions) {
    this.#options = options
  }

  /**
   * Draws a new pair (RFC 8292).
   *
   * @returns how many devices are notified no more until their app has been open
   */
  async rotate(actor: AuditActor): Promise<number> {
    const { database, secrets, audit, clock } = this.#options
    const pair = webPush.generateVAPIDKeys()
    return makePushRepository(database, secrets).replaceKeys(pair, clock.now(), (within) =>
      audit.record(
        { action: 'keys.rotated', actor, subjectId: null, details: { kind: 'vapid' } },
        within,
      ),
    )
  }
}
