import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The operator's way out of a bad service worker (criterion S-19): while it is on, every app that asks
 * for a new version drops what it keeps and loads from the network.
 *
 * A file in `DATA_DIR`: servers and the command line share that folder, and it holds where the database
 * does not.
 */
export class KillSwitch {
  readonly #file: string

  constructor(dataDir: string) {
    this.#file = join(dataDir, 'kill-switch')
  }

  get isOn(): boolean {
    return existsSync(this.#file)
  }

  async set(isOn: boolean): Promise<void> {
    if (isOn) await writeFile(this.#file, '')
    else await rm(this.#file, { force: true })
  }
}
