import { Store } from '../../services/store.ts'

const STORAGE_KEY = 'naervaer.desk'

/**
 * How it stands with notices of this browser on the worker's desk: `off` as at first, `on`, `refused` where the
 * browser has been told no, `missing` where it has none.
 */
export type DeskState = 'off' | 'on' | 'refused' | 'missing'

/** Storage may be refused (private windows, policies); notices are then off with each start. */
function isWished(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) === 'on'
  } catch {
    return false
  }
}

function remember(isOn: boolean): void {
  try {
    if (isOn) localStorage.setItem(STORAGE_KEY, 'on')
    else localStorage.removeItem(STORAGE_KEY)
  } catch {
    // The window itself remembers it.
  }
}

/** Notices that the page itself shows while it is open, of citizens who wait. Off until the worker asks. */
export class DeskNotices {
  readonly state = new Store<DeskState>(readState(isWished()))

  /** To be called in a tap: only then may the browser be asked. */
  async turnOn(): Promise<void> {
    if (this.state.value === 'missing') return
    const answer = await Notification.requestPermission()
    if (answer === 'granted') remember(true)
    this.state.set(readState(answer === 'granted'))
  }

  turnOff(): void {
    remember(false)
    this.state.set(readState(false))
  }

  /** One notice at a time: a newer one takes the place of the one before, and a tap on it comes here. */
  show(text: string): void {
    if (this.state.value !== 'on') return
    try {
      const notice = new Notification(text, { tag: STORAGE_KEY, icon: '/icon.svg' })
      notice.addEventListener('click', () => {
        window.focus()
        notice.close()
      })
    } catch {
      // Telephones show none from a page; what waits stands in the page and its title.
      this.state.set('missing')
    }
  }
}

function readState(isWanted: boolean): DeskState {
  if (!('Notification' in globalThis)) return 'missing'
  if (Notification.permission === 'denied') return 'refused'
  return isWanted && Notification.permission === 'granted' ? 'on' : 'off'
}
