import {
  CHECKLIST_LINES,
  type ChecklistEntry,
  type ChecklistLine,
  type ChecklistReply,
  type CheckResult,
  type DeviceId,
  type PersonId,
} from '@naervaer/shared'
import type { Session } from '../accounts/session.ts'
import type { Database } from '../database/open.ts'
import type { Devices } from '../pairing/devices.ts'
import type { Clock } from '../plugins/clock.ts'
import { makeDeviceChecksRepository, type FoundLine } from './repository.ts'

export interface ChecklistsOptions {
  readonly clock: Clock
  readonly database: Database
  readonly devices: Pick<Devices, 'listOf' | 'isPaired'>
}

/** The list of a home visit: what each paired device of a citizen has shown, and when (feature N7). */
export class Checklists {
  readonly #options: ChecklistsOptions

  constructor(options: ChecklistsOptions) {
    this.#options = options
  }

  /**
   * A device tells what it has found. Only that of a paired device counts: its key has signed the
   * request, and it is a device that can be rung.
   */
  async note({ method, deviceId }: Session, { line, isOk }: CheckResult): Promise<void> {
    if (method !== 'device') return
    await this.#repository.note({ deviceId, line, isOk, at: this.#options.clock.now() })
  }

  /** What the server itself has seen of a device. */
  async noteWoken(deviceId: DeviceId, isOk: boolean): Promise<void> {
    await this.#repository.note({ deviceId, line: 'woken', isOk, at: this.#options.clock.now() })
  }

  async loadOf(citizenId: PersonId): Promise<ChecklistReply> {
    const paired = await this.#options.devices.listOf(citizenId)
    const found = await this.#repository.load(paired.map(({ id }) => id))
    return {
      devices: paired.map(({ id, kind, pairedAt }) => ({
        ...{ id, kind, pairedAt },
        lines: toLines(found.filter(({ deviceId }) => deviceId === id)),
      })),
    }
  }

  /** Of devices that are disconnected nothing is kept. */
  async forgetDisconnected(): Promise<void> {
    for (const id of await this.#repository.listDeviceIds()) {
      if (!(await this.#options.devices.isPaired(id))) await this.#repository.forget(id)
    }
  }

  get #repository() {
    return makeDeviceChecksRepository(this.#options.database)
  }
}

function toLines(found: readonly FoundLine[]): Record<ChecklistLine, ChecklistEntry> {
  const entries = CHECKLIST_LINES.map((line): [ChecklistLine, ChecklistEntry] => {
    const last = found.find((each) => each.line === line)
    return [line, { isOk: last?.isOk ?? null, at: last?.at ?? null }]
  })
  // One entry for each name of the list, and no others.
  return Object.fromEntries(entries) as Record<ChecklistLine, ChecklistEntry>
}
