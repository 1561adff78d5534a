import type { CallView, DeviceState, MediaState } from '@naervaer/shared'
import type { CallSnapshot } from '../call/call-snapshot.ts'
import type { ConnectionState } from '../services/socket/connection-state.ts'
import { firstName, t } from '../texts/text.ts'

type OwnDevice = Exclude<DeviceState, 'on'>

/** Which of one's own two devices. */
export type OwnDeviceKind = keyof MediaState

/** What the sentences below a talk depend on besides the call. */
export interface Surroundings {
  /** The browser has been opening the devices for so long that it must be asking the person. */
  readonly isAsking: boolean
  /** A device that was tried again, in vain. */
  readonly stillOff: OwnDeviceKind | null
  readonly isTouch: boolean
  /** Opened from the home screen, without a browser around it: leave is given elsewhere. */
  readonly isInstalled: boolean
  readonly isPaused: boolean
  readonly isOtherPaused: boolean
  readonly isScreenShown: boolean
  readonly isOtherScreenShown: boolean
  /** Somebody speaks into the microphone that is off; that is said louder (`describeQuality`). */
  readonly isSpokenInVain: boolean
}

/** Everything worth knowing during a talk, in the order of its importance; empty when all is well. */
export function describeTalk(snapshot: CallSnapshot, surroundings: Surroundings): string[] {
  const { call, counterpart, counterpartMedia } = snapshot
  if (call === null || counterpart === null) return []
  // A pause says all there is to say.
  if (surroundings.isPaused) return []
  const name = firstName(counterpart.name)
  return [
    ...describeOwn(snapshot, name, surroundings),
    surroundings.isScreenShown ? t('call.ownScreen', { name }) : null,
    surroundings.isOtherScreenShown ? t('call.otherScreen', { name }) : null,
    surroundings.isOtherPaused
      ? null
      : describeCounterpartMicrophone(counterpartMedia?.microphone ?? 'on', name),
  ].filter((sentence) => sentence !== null)
}

/** As if there were nothing to say of the microphone. */
const TOLD = { microphone: 'on' } as const

function describeOwn(
  { ownMedia: media, isInterrupted }: CallSnapshot,
  name: string,
  { isAsking, stillOff, isTouch, isInstalled, isSpokenInVain }: Surroundings,
): (string | null)[] {
  if (isInterrupted) return [t('media.interrupted')]
  if (isAsking) return [t(isTouch ? 'media.asking' : 'media.askingDesk')]
  const told = isSpokenInVain && media.microphone === 'off' ? TOLD : {}
  return [
    describeStillOff(media, stillOff),
    ...describeOwnDevices({ ...media, ...told }, name, isInstalled),
  ]
}

function describeStillOff(media: MediaState, kind: OwnDeviceKind | null): string | null {
  // What has come on since, or been turned off by hand, is no longer "still" off.
  if (kind === null || media[kind] === 'on' || media[kind] === 'off') return null
  return t(kind === 'camera' ? 'media.camStill' : 'media.micStill')
}

/** What stands where the other's picture would be. */
export interface Stage {
  readonly sentence: string
  /** Whether the two are connected, and only a picture is missing. */
  readonly isTogether: boolean
}

/**
 * Said in place of the other's picture; null while it is to be seen. An empty rectangle says nothing,
 * and a picture that stands still says something wrong.
 *
 * @param hasPicture - whether the video has drawn anything of the other side
 */
export function describeStage(
  snapshot: CallSnapshot,
  {
    connection,
    hasPicture,
    isScreen,
    isOtherPaused,
    isGivenUp,
  }: {
    readonly connection: ConnectionState
    readonly hasPicture: boolean
    readonly isScreen: boolean
    readonly isOtherPaused: boolean
    /** The other side sends sound only, for the line's sake. */
    readonly isGivenUp: boolean
  },
): Stage | null {
  const { call, counterpart } = snapshot
  if (call === null || counterpart === null) return null
  const name = firstName(counterpart.name)
  if (!isTogether(snapshot)) {
    return { sentence: describeLine(call, connection, name), isTogether: false }
  }
  if (isOtherPaused) return { sentence: t('call.pausedOther', { name }), isTogether: true }
  const missing = isScreen
    ? null
    : describeMissingCamera(snapshot.counterpartMedia?.camera ?? 'on', name)
  if (missing !== null) return { sentence: missing, isTogether: true }
  if (isGivenUp) return { sentence: t('net.audioOnly'), isTogether: true }
  return hasPicture ? null : { sentence: t('call.connecting'), isTogether: false }
}

/** The server's word and this window's own eyes: the other may have left while the server was away. */
export function isTogether({ call, isLinked, isHandedOver }: CallSnapshot): boolean {
  return isLinked && (call?.state === 'connected' || isHandedOver)
}

function describeMissingCamera(camera: DeviceState, name: string): string | null {
  if (camera === 'on') return null
  return t(camera === 'off' ? 'call.otherCamOff' : 'call.otherNoCam', { name })
}

/** Words about the network only when the talk itself suffers: media goes on without the server. */
function describeLine(call: CallView, connection: ConnectionState, name: string): string {
  if (connection === 'offline') return t('net.offline')
  if (!call.isCounterpartPresent) return t('call.otherAway', { name })
  return t(call.state === 'connecting' ? 'call.connecting' : 'net.retry')
}

function describeOwnDevices(
  { camera, microphone }: MediaState,
  name: string,
  isInstalled: boolean,
): (string | null)[] {
  // Refused together, they are allowed together: one sentence and one way.
  if (camera === 'refused' && microphone === 'refused') {
    const how = t(isInstalled ? 'media.bothblockedHowInstalled' : 'media.bothblockedHow')
    return [`${t('media.bothblocked', { name })} ${how}`]
  }
  return [
    microphone === 'on' ? null : describeOwnMicrophone(microphone, name, isInstalled),
    camera === 'on' ? null : describeOwnCamera(camera, name, isInstalled),
  ]
}

function describeOwnMicrophone(microphone: OwnDevice, name: string, isInstalled: boolean): string {
  switch (microphone) {
    case 'off':
      return t('call.micOffNotice', { name })
    case 'refused':
      return `${t('media.micblocked', { name })} ${t(isInstalled ? 'media.micblockedHowInstalled' : 'media.micblockedHow')}`
    case 'missing':
      return t('media.nomic', { name })
    case 'inUse':
      return t('media.micbusy')
  }
}

function describeOwnCamera(camera: OwnDevice, name: string, isInstalled: boolean): string {
  switch (camera) {
    case 'off':
      return t('call.camOffNotice', { name })
    case 'refused':
      return `${t('media.camblocked')} ${t(isInstalled ? 'media.camblockedHowInstalled' : 'media.camblockedHow')}`
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
