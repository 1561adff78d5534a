import type {
  ChoiceView,
  CitizenPresence,
  Person,
  PersonId,
  ServerMessageOf,
  SocketRole,
} from '@naervaer/shared'
import type { SignallingClient } from './socket/signalling-client.ts'
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
}

/** Keeps the directory as the welcome and the presence news tell it; null before the first welcome. */
export function followDirectory(signalling: SignallingClient): Store<Directory | null> {
  const directory = new Store<Directory | null>(null)
  signalling.onNews((news) => {
    if (news.type === 'welcome') {
      const { you, role, citizens, workers, choice, isAddressProtected } = news
      directory.set({ you, role, citizens, workers, choice, isAddressProtected })
    } else if (news.type === 'directory.changed' && directory.value !== null) {
      const { citizens, workers } = news
      directory.set({ ...directory.value, citizens, workers })
    } else if (news.type === 'presence.changed' && directory.value !== null) {
      directory.set(withPresence(directory.value, news))
    } else if (news.type === 'choice.changed' && directory.value !== null) {
      directory.set(withChoice(directory.value, news.citizenId, news.choice))
    } else if (news.type === 'protection.changed' && directory.value !== null) {
      directory.set(withProtection(directory.value, news.citizenId, news.isAddressProtected))
    }
  })
  return directory
}

function withChoice(directory: Directory, citizenId: PersonId, choice: ChoiceView): Directory {
  if (directory.you.id === citizenId) return { ...directory, choice }
  const citizens = directory.citizens.map((citizen) =>
    citizen.person.id === citizenId ? { ...citizen, choice } : citizen,
  )
  return { ...directory, citizens }
}

function withPresence(
  directory: Directory,
  { citizenId, availability, isNotified }: ServerMessageOf<'presence.changed'>,
): Directory {
  const citizens = directory.citizens.map((citizen) =>
    citizen.person.id === citizenId ? { ...citizen, availability, isNotified } : citizen,
  )
  return { ...directory, citizens }
}

function withProtection(
  directory: Directory,
  citizenId: PersonId,
  isAddressProtected: boolean,
): Directory {
  if (directory.you.id === citizenId) return { ...directory, isAddressProtected }
  const citizens = directory.citizens.map((citizen) =>
    citizen.person.id === citizenId ? { ...citizen, isAddressProtected } : citizen,
  )
  return { ...directory, citizens }
}
