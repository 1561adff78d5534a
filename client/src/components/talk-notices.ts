import type { DeviceState, MediaState } from '@naervaer/shared'
import type { CallSnapshot } from '../call/call-snapshot.ts'
import type { ConnectionState } from '../services/connection-state.ts'
import { firstName, t } from '../texts/text.ts'

type OwnDevice = Exclude<DeviceState, 'on'>

interface Surroundings {
  readonly connection: ConnectionState
  /** Where a permission is given back differs between a phone and a browser at a desk. */
  readonly isTouch: boolean
}

/** Everything worth knowing during a talk, in the order of its importance; empty when all is well. */
export function describeTalk(
  snapshot: CallSnapshot,
  { connection, isTouch }: Surroundings,
): string[] {
  const { call, counterpart, ownMedia, counterpartMedia } = snapshot
  if (call === null || counterpart === null) return []
  const name = firstName(counterpart.name)
  return [
    describeLine(snapshot, connection, name),
    ...describeOwnDevices(ownMedia, name, isTouch),
    describeCounterpartMicrophone(counterpartMedia?.microphone ?? 'on', name),
  ].filter((sentence) => sentence !== null)
}

/** Said where the other's picture would be; null while there is one. */
export function describeMissingPicture(snapshot: CallSnapshot): string | null {
  const camera = snapshot.counterpartMedia?.camera ?? 'on'
  if (camera === 'on' || snapshot.counterpart === null) return null
  const name = firstName(snapshot.counterpart.name)
  return t(camera === 'off' ? 'call.otherCamOff' : 'call.otherNoCam', { name })
}

function describeLine(
  { call }: CallSnapshot,
  connection: ConnectionState,
  name: string,
): string | null {
  if (call === null) return null
  // Words about the network only when the talk itself suffers: media goes on without the server.
  if (call.state === 'reconnecting') {
    if (connection === 'offline') return t('net.offline')
    return call.isCounterpartPresent ? t('net.retry') : t('call.otherAway', { name })
  }
  if (call.state === 'connecting') return t('call.connecting')
  return null
}

function describeOwnDevices(
  { camera, microphone }: MediaState,
  name: string,
  isTouch: boolean,
): (string | null)[] {
  // Refused together, they are allowed together: one sentence and one way.
  if (camera === 'refused' && microphone === 'refused') {
    const how = t(isTouch ? 'media.bothblockedHow' : 'media.bothblockedHowDesk')
    return [`${t('media.bothblocked', { name })} ${how}`]
  }
  return [
    microphone === 'on' ? null : describeOwnMicrophone(microphone, name, isTouch),
    camera === 'on' ? null : describeOwnCamera(camera, name, isTouch),
  ]
}

function describeOwnMicrophone(microphone: OwnDevice, name: string, isTouch: boolean): string {
  switch (microphone) {
    case 'off':
      return t('call.micOffNotice', { name })
    case 'refused':
      return `${t('media.micblocked', { name })} ${t(isTouch ? 'media.micblockedHow' : 'media.micblockedHowDesk')}`
    case 'missing':
      return t('media.nomic', { name })
    case 'inUse':
      return t('media.micbusy')
  }
}

function describeOwnCamera(camera: OwnDevice, name: string, isTouch: boolean): string {
  switch (camera) {
    case 'off':
      return t('call.camOffNotice', { name })
    case 'refused':
      return `${t('media.camblocked')} ${t(isTouch ? 'media.camblockedHow' : 'media.camblockedHowDesk')}`
    case 'missing':
      return t('media.nocam')
    case 'inUse':
      return t('media.cambusy')
  }
}

function describeCounterpartMicrophone(microphone: DeviceState, name: string): string | null {
  if (microphone === 'on') return null
  return t(microphone === 'off' ? 'call.otherMicOff' : 'call.otherNoMic', { name })
}
