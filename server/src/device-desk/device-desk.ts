import {
  MAX_IT_DEVICES,
  NaervaerError,
  type DatedState,
  type DeviceId,
  type DeviceNote,
  type DurationMs,
  type ItCall,
  type ItDevice,
  type ItDeviceReply,
  type ItDevicesReply,
  type PersonId,
  type UnixMs,
} from '@naervaer/shared'
import { wallTimeAt } from '@naervaer/shared/wall'
import type { Session } from '../accounts/session.ts'
import type { Staffing } from '../administration/staffing.ts'
import type { ChecklistLooks } from '../device-check/checklist-looks.ts'
import type { Checklists } from '../device-check/checklists.ts'
import type { Database } from '../database/open.ts'
import type { AnyDevice, DeviceList } from '../pairing/device-list.ts'
import type { Devices } from '../pairing/devices.ts'
import type { Clock } from '../plugins/clock.ts'
import type { PresenceHub } from '../presence/hub.ts'
import { makeDeviceDeskRepository, type DeviceCallRow, type StateRow } from './repository.ts'

/** What a device has told is of use while it is likely to be the same; one that was not opened since is not. */
export const DEVICE_STATE_LIFE_MS: DurationMs = 90 * 24 * 3_600_000

export interface DeviceDeskOptions {
  readonly clock: Clock
  readonly database: Database
  readonly list: Pick<DeviceList, 'list'>
  readonly devices: Pick<Devices, 'isPaired'>
  readonly presence: Pick<PresenceHub, 'listAll'>
  readonly staffing: Pick<Staffing, 'loadPseudonyms'>
  readonly checklists: Pick<Checklists, 'loadOf'>
  readonly looks: Pick<ChecklistLooks, 'note'>
  /** The client that the server has now; null where there is none. */
  readonly build: string | null
}

/** All that is known of all devices, by device. */
interface Known {
  readonly last: ReadonlyMap<DeviceId, StateRow>
  readonly tests: ReadonlyMap<DeviceId, NonNullable<ItDevice['test']>>
  readonly push: ReadonlyMap<DeviceId, NonNullable<ItDevice['push']>>
  readonly calls: ReadonlyMap<DeviceId, DeviceCallRow>
  readonly connected: ReadonlySet<DeviceId>
}

/** What the help desk sees of citizens' devices, always under pseudonyms (feature D13). */
export class DeviceDesk {
  readonly #options: DeviceDeskOptions

  constructor(options: DeviceDeskOptions) {
    this.#options = options
  }

  /** A device tells how it stands. Only that of a paired device counts, whose key has signed the request. */
  async note(
    { method, deviceId }: Session,
    { occasion, isWell, codes, state }: DeviceNote,
  ): Promise<void> {
    if (method !== 'device') return
    const at = this.#options.clock.now()
    await this.#options.database.transaction().execute(async (transaction) => {
      const repository = makeDeviceDeskRepository(transaction)
      await repository.keepState({ deviceId, moment: 'last', at, state })
      if (isWell) await repository.keepState({ deviceId, moment: 'well', at, state })
      if (occasion === 'tested') await repository.keepTest({ deviceId, at, codes })
    })
  }

  /** All of them, for IT: a line of the audit log for each time that the list is opened, about nobody. */
  async loadAll(itId: PersonId): Promise<ItDevicesReply> {
    await this.#options.looks.note(itId, null, 'it')
    const [paired, known, codes] = await Promise.all([
      this.#options.list.list(),
      this.#loadKnown(),
      this.#options.staffing.loadPseudonyms(),
    ])
    const devices = paired
      .flatMap((device) => this.#describe(device, known, codes))
      .sort((one, other) => rank(other) - rank(one))
    return { devices: devices.slice(0, MAX_IT_DEVICES), total: devices.length }
  }

  /** Which are connected now: cheap, so that a list can follow it. */
  async listConnected(itId: PersonId): Promise<DeviceId[]> {
    await this.#options.looks.note(itId, null, 'it')
    return [...this.#findConnected()]
  }

  /**
   * One of them, with what it was like when last it worked; the citizen reads that it was looked at.
   *
   * @throws NaervaerError DEVICE_NOT_FOUND unless it is paired
   */
  async load(itId: PersonId, deviceId: DeviceId): Promise<ItDeviceReply> {
    const { checklists, list, looks, staffing } = this.#options
    const paired = (await list.list()).find(({ id }) => id === deviceId)
    if (paired === undefined) throw new NaervaerError('DEVICE_NOT_FOUND')
    await looks.note(itId, paired.personId, 'it')
    const [known, codes, checklist, states, wellCalls] = await Promise.all([
      this.#loadKnown(deviceId),
      staffing.loadPseudonyms(),
      checklists.loadOf(paired.personId),
      this.#repository.loadStates(deviceId),
      this.#repository.loadLastCalls({ isCompleted: true, only: deviceId }),
    ])
    const [device] = this.#describe(paired, known, codes)
    const lines = checklist.devices.find(({ id }) => id === deviceId)?.lines
    // Disconnected in this very moment.
    if (device === undefined || lines === undefined) throw new NaervaerError('DEVICE_NOT_FOUND')
    const well = states.find(({ moment }) => moment === 'well')
    const [wellCall] = wellCalls
    return {
      ...{ device, lines },
      well: well === undefined ? null : toDated(well),
      wellCall: wellCall === undefined ? null : toCall(wellCall),
    }
  }

  /** Of devices that are disconnected nothing is kept, and of the others what is not too old. */
  async forgetOld(): Promise<void> {
    await this.#repository.forgetBefore(this.#options.clock.now() - DEVICE_STATE_LIFE_MS)
    for (const id of await this.#repository.listDeviceIds()) {
      if (!(await this.#options.devices.isPaired(id))) await this.#repository.forget(id)
    }
  }

  async #loadKnown(only?: DeviceId): Promise<Known> {
    const [states, tests, push, calls] = await Promise.all([
      this.#repository.loadStates(only),
      this.#repository.loadTests(),
      this.#repository.loadPush(),
      this.#repository.loadLastCalls(only === undefined ? {} : { only }),
    ])
    const last = states.filter(({ moment }) => moment === 'last')
    return {
      last: new Map(last.map((row) => [row.deviceId, row])),
      tests: new Map(tests.map(({ deviceId, at, codes }) => [deviceId, { at, codes: [...codes] }])),
      push: new Map(push.map(({ deviceId, provenAt }) => [deviceId, { provenAt }])),
      // The newest connection first, and the first one of each stays.
      calls: new Map(calls.toReversed().map((row) => [row.deviceId, row])),
      connected: this.#findConnected(),
    }
  }

  #findConnected(): ReadonlySet<DeviceId> {
    const all = [...this.#options.presence.listAll()]
    return new Set(all.flatMap((each) => (each.role === 'citizen' ? [each.deviceId] : [])))
  }

  /** @returns nothing for a device of somebody who is no citizen any more */
  #describe(
    { id, personId, kind, pairedAt, seenAt }: AnyDevice,
    known: Known,
    codes: ReadonlyMap<PersonId, string>,
  ): ItDevice[] {
    const code = codes.get(personId)
    if (code === undefined) return []
    const last = known.last.get(id)
    const call = known.calls.get(id)
    const build = last?.state.build ?? null
    return [
      {
        ...{ id, code, kind, pairedAt, seenAt },
        isConnected: known.connected.has(id),
        last: last === undefined ? null : toDated(last),
        isBuildCurrent:
          build === null || this.#options.build === null ? null : build === this.#options.build,
        test: known.tests.get(id) ?? null,
        push: known.push.get(id) ?? null,
        lastCall: call === undefined ? null : toCall(call),
      },
    ]
  }

  get #repository() {
    return makeDeviceDeskRepository(this.#options.database)
  }
}

/** Connected before all, then by when it was there. */
const rank = ({ isConnected, seenAt, pairedAt }: ItDevice): number =>
  (isConnected ? Number.MAX_SAFE_INTEGER / 2 : 0) + (seenAt ?? pairedAt)

const toDay = (at: UnixMs): string => wallTimeAt(at).day

const toDated = ({ at, state }: StateRow): DatedState => ({ day: toDay(at), state })

function toCall({ createdAt, outcome, path, ...met }: DeviceCallRow): ItCall {
  const { protocol, rtt_ms, loss_percent, jitter_ms, freezes } = met
  return {
    ...{ day: toDay(createdAt), outcome, path, protocol, freezes },
    ...{ rttMs: rtt_ms, lossPercent: loss_percent, jitterMs: jitter_ms },
  }
}
