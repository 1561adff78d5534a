import webPush from 'web-push'
import type { UnixMs } from '@naervaer/shared'
import type { Database } from '../database/open.ts'
import type { Secrets } from '../secrets/secrets.ts'
import { makePushRepository } from './repository.ts'

/** Draws another key for notices, for the command line: a running server finds it by itself. */
export class KeyRotation {
  readonly #repository: ReturnType<typeof makePushRepository>

  constructor(database: Database, secrets: Secrets) {
    this.#repository = makePushRepository(database, secrets)
  }

  /**
   * @param onRotated - in the same transaction: the line in the audit log
   * @returns how many devices are told of nothing until their app has been open
   */
  rotate(now: UnixMs, onRotated: (within: Database) => Promise<void>): Promise<number> {
    return this.#repository.replaceKeys(webPush.generateVAPIDKeys(), now, onRotated)
  }
}
