import '../../../client/src/app/nv-app.ts'
import type { AppServices } from '../../../client/src/app/app-services.ts'
import type { CallSnapshot } from '../../../client/src/call/call-snapshot.ts'
import type { Store } from '../../../client/src/services/store.ts'
import { startLanguage } from '../../../client/src/texts/language.ts'
import { fakePersonPicture } from './fake-person-picture.ts'
import { fakeServices } from './fake-services.ts'
import { STATES, type GalleryState } from './states.ts'

const SIZES = { wide: [960, 540], tall: [480, 640] } as const

declare global {
  interface Window {
    /** What the page has asked of calls, for tests. */
    asked: string[]
    /** How the page stands with the server, to be changed by tests. */
    connection: AppServices['connection']
    /** The call as the page sees it, to be changed by tests. */
    snapshot: Store<CallSnapshot>
    /** What the page is told about people, to be changed by tests. */
    directory: AppServices['directory']
  }
}

/** Gives the world its pictures: streams exist only in a browser, states are plain data. */
function withPictures({ world, remotePicture }: GalleryState): GalleryState['world'] {
  if (remotePicture === null) return world
  const [width, height] = SIZES[remotePicture]
  return {
    ...world,
    call: {
      ...world.call,
      remoteStream: fakePersonPicture(width, height, '#31505f'),
      localStream: fakePersonPicture(640, 480, '#7b4636'),
    },
  }
}

async function show(): Promise<void> {
  const parameters = new URLSearchParams(location.search)
  const state = STATES[parameters.get('state') ?? '']
  if (state === undefined) {
    showList()
    return
  }
  await startLanguage()
  window.asked = []
  const app = document.createElement('nv-app')
  app.services = fakeServices(withPictures(state), window.asked)
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

await show()
