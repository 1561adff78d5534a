import {
  findBuild,
  LINE_TYPES,
  PERMISSIONS,
  type PermissionName,
  type TechReport,
} from '@naervaer/shared'

type Surroundings = Pick<TechReport, 'permissions' | 'inputs' | 'storage' | 'serviceWorker'> & {
  readonly push: Omit<TechReport['push'], 'trial'>
  readonly lineType: TechReport['line']['type']
}

/** What can be seen without asking anybody for anything, and without starting anything. */
export async function readSurroundings(): Promise<Surroundings> {
  const [camera, microphone, notifications, inputs, storage, push, serviceWorker] =
    await Promise.all([
      readPermission('camera'),
      readPermission('microphone'),
      readPermission('notifications'),
      countInputs(),
      readStorage(),
      readPush(),
      readServiceWorker(),
    ])
  return {
    permissions: { camera, microphone, notifications },
    ...{ inputs, storage, push, serviceWorker },
    lineType: readLineType(),
  }
}

/** Older browsers know fewer names than the DOM types say, or none. */
async function readPermission(name: string): Promise<PermissionName> {
  try {
    const { state } = await navigator.permissions.query({ name: name as 'notifications' })
    return PERMISSIONS.find((each) => each === state) ?? 'unknown'
  } catch {
    return 'unknown'
  }
}

/** Their number; their names are people's own. */
async function countInputs(): Promise<TechReport['inputs']> {
  try {
    const listed = await navigator.mediaDevices.enumerateDevices()
    const count = (kind: MediaDeviceKind) =>
      Math.min(99, listed.filter((device) => device.kind === kind).length)
    return { cameras: count('videoinput'), microphones: count('audioinput') }
  } catch {
    return { cameras: null, microphones: null }
  }
}

const MB = 1_048_576

async function readStorage(): Promise<TechReport['storage']> {
  try {
    const isPersisted = await navigator.storage.persisted()
    const { quota = 0, usage = 0 } = await navigator.storage.estimate()
    return { isPersisted, freeMb: Math.max(0, Math.round((quota - usage) / MB)) }
  } catch {
    return { isPersisted: null, freeMb: null }
  }
}

/** Whose service it is that wakes this browser; of its address only that. */
const SERVICES = [
  ['google', /\.googleapis\.com$/],
  ['apple', /\.push\.apple\.com$/],
  ['mozilla', /\.push\.services\.mozilla\.com$/],
  ['microsoft', /\.notify\.windows\.com$/],
] as const

async function readPush(): Promise<Surroundings['push']> {
  try {
    const registration = await navigator.serviceWorker.getRegistration()
    const subscription = await registration?.pushManager.getSubscription()
    if (subscription === null || subscription === undefined) {
      return { isSubscribed: false, service: null }
    }
    const { hostname } = new URL(subscription.endpoint)
    const [service = 'other'] = SERVICES.find(([, mark]) => mark.test(hostname)) ?? []
    return { isSubscribed: true, service }
  } catch {
    return { isSubscribed: null, service: null }
  }
}

/** Which version works while the app is closed, by the page that it has kept. */
async function readServiceWorker(): Promise<TechReport['serviceWorker']> {
  try {
    const registration = await navigator.serviceWorker.getRegistration()
    if (registration === undefined) return { state: 'none', build: null }
    const kept = await caches.match('/index.html', { ignoreSearch: true })
    return {
      state: registration.waiting === null ? 'active' : 'waiting',
      build: findBuild((await kept?.text()) ?? ''),
    }
  } catch {
    return { state: 'unknown', build: null }
  }
}

/** Only Chromium says it (WICG netinfo); no type of it comes with the DOM. */
function readLineType(): TechReport['line']['type'] {
  const connection: unknown = Reflect.get(navigator, 'connection')
  const type: unknown =
    connection instanceof Object ? Reflect.get(connection, 'effectiveType') : 'unknown'
  return LINE_TYPES.find((each) => each === type) ?? 'unknown'
}
