import '../../../client/src/app/nv-app.ts'
import type { AppServices } from '../../../client/src/app/app-services.ts'
import type { CallSnapshot } from '../../../client/src/call/call-snapshot.ts'
import type { Store } from '../../../client/src/services/store.ts'
import { startLanguage } from '../../../client/src/texts/language.ts'
import { fakeFeatures } from './fake-features.ts'
import { endPictures, fakePersonPicture } from './fake-person-picture.ts'
import { fakeServices } from './fake-services.ts'
import { STATES, type GalleryState } from './states.ts'

const SIZES = { wide: [960, 540], tall: [480, 640] } as const

declare global {
  interface Window {
    /** What the page has asked of calls, for tests. */
    asked: string[]
    /** Puts another state into the same document: `search` is that of its address. */
    turnGallery: (search: string) => Promise<void>
    /** How the page stands with the server, to be changed by tests. */
    connection: AppServices['connection']
    /** The call as the page sees it, to be changed by tests. */
    snapshot: Store<CallSnapshot>
    /** What the page is told about people, to be changed by tests. */
    directory: AppServices['directory']
  }
}

/** Streams exist only in a browser. */
function makePictures({ remotePicture }: GalleryState): Partial<CallSnapshot> {
  if (remotePicture === null) return {}
  const [width, height] = SIZES[remotePicture]
  return {
    remoteStream: fakePersonPicture(width, height, '#31505f'),
    localStream: fakePersonPicture(640, 480, '#7b4636'),
  }
}

/** Every talk has its features, from the ring on. */
function makeFeatures({ world, features = {}, talkedOf }: GalleryState): Partial<CallSnapshot> {
  const { phase, call, counterpart } = world.call
  if (phase !== 'talking' || call === null || call === undefined) return {}
  const side = counterpart?.id === call.worker.id ? 'citizen' : 'worker'
  return { features: fakeFeatures(call.id, side, features, talkedOf ?? 'nothing') }
}

/** States are plain data: what exists in a browser only is made here. */
function makeWorld(state: GalleryState): GalleryState['world'] {
  const { world } = state
  return { ...world, call: { ...world.call, ...makePictures(state), ...makeFeatures(state) } }
}

/** Everything that a new document would not have. */
async function turn(search: string): Promise<void> {
  endPictures()
  document.body.replaceChildren()
  document.documentElement.removeAttribute('style')
  localStorage.clear()
  sessionStorage.clear()
  await show(search)
}

async function show(search: string): Promise<void> {
  const parameters = new URLSearchParams(search)
  const state = STATES[parameters.get('state') ?? '']
  if (state === undefined) {
    showList()
    return
  }
  await startLanguage()
  window.asked = []
  const app = document.createElement('nv-app')
  app.services = fakeServices(makeWorld(state), window.asked)
  window.connection = app.services.connection
  window.snapshot = app.services.calls.snapshot
  window.directory = app.services.directory
  history.replaceState(null, '', state.path)
  document.body.append(app)
}

function showList(): void {
  for (const name of Object.keys(STATES)) {
    const link = document.createElement('a')
    link.href = `?state=${name}`
    link.textContent = name
    const line = document.createElement('p')
    line.append(link)
    document.body.append(line)
  }
}

window.turnGallery = turn
await show(location.search)
