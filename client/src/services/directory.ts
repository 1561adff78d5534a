import {
  mayBeRung,
  type ChoiceView,
  type CitizenPresence,
  type Home,
  type Maintenance,
  type Person,
  type PersonId,
  type QuietHours,
  type SocketRole,
} from '@naervaer/shared'
import type { ServerNews, SignallingClient } from './socket/signalling-client.ts'
import { Store } from './store.ts'

/** Who is signed in, and the people they have to do with, as the server last told. */
export interface Directory {
  readonly you: Person
  readonly role: SocketRole
  /** The worker's own citizens with live presence; empty for a citizen. */
  readonly citizens: readonly CitizenPresence[]
  /** The citizen's own workers; empty for a worker. */
  readonly workers: readonly Person[]
  /** The citizen's own choice about video; null for a worker. */
  readonly choice: ChoiceView | null
  /** Whether the citizen's own address is protected; false for a worker. */
  readonly isAddressProtected: boolean
  /** When the citizen does not want to be rung; null for a worker. */
  readonly quiet: QuietHours | null
  /** The citizen's own telephone, as it is written down; null for a worker. */
  readonly phone: string | null
  /** What the citizen's first page says; null for a worker. */
  readonly home: Home | null
  /** Whether IT works on the system; missing where the server cannot tell. */
  readonly maintenance?: Maintenance
}

/** Whether somebody may ring this citizen. */
export function isAwaited({ workers, choice }: Directory): boolean {
  return workers.length > 0 && choice !== null && mayBeRung(choice.state)
}

/** Keeps the directory as the welcome and the news tell it; null before the first welcome. */
export function followDirectory(signalling: SignallingClient): Store<Directory | null> {
  const directory = new Store<Directory | null>(null)
  signalling.onNews((news) => {
    if (news.type === 'welcome') {
      directory.set(news)
    } else if (directory.value !== null) directory.set(follow(directory.value, news))
  })
  return directory
}

/** The same directory for what is no news of it. */
function follow(directory: Directory, news: ServerNews): Directory {
  switch (news.type) {
    case 'directory.changed':
      return { ...directory, citizens: news.citizens, workers: news.workers }
    case 'maintenance.changed':
      return { ...directory, maintenance: news.maintenance }
    case 'home.changed':
      return { ...directory, home: news.home }
    case 'presence.changed':
      return withNews(directory, news.citizenId, {
        availability: news.availability,
        isNotified: news.isNotified,
      })
    case 'callback.changed':
      return withNews(directory, news.citizenId, { callback: news.callback })
    case 'appointments.changed':
      return withNews(directory, news.citizenId, { appointments: news.appointments })
    case 'reached.changed':
      return withNews(directory, news.citizenId, { reached: news.reached })
    case 'choice.changed':
      return withNews(directory, news.citizenId, { choice: news.choice })
    case 'quiet.changed':
      return withNews(directory, news.citizenId, { quiet: news.quiet })
    case 'phone.changed':
      return withNews(directory, news.citizenId, { phone: news.phone })
    case 'protection.changed':
      return withNews(directory, news.citizenId, { isAddressProtected: news.isAddressProtected })
    default:
      return directory
  }
}

/** What is about oneself stands beside one's own name, and what is about a citizen beside theirs. */
function withNews(
  directory: Directory,
  citizenId: PersonId,
  change: Partial<CitizenPresence>,
): Directory {
  if (directory.you.id === citizenId) return { ...directory, ...change }
  const citizens = directory.citizens.map((citizen) =>
    citizen.person.id === citizenId ? { ...citizen, ...change } : citizen,
  )
  return { ...directory, citizens }
}
