import type { PersonId } from '@naervaer/shared'
import type { ServerNews } from '../services/socket/signalling-client.ts'

/** Whether the news is that this citizen's address is protected now; a window may have missed the moment. */
export function saysProtected(news: ServerNews, citizenId: PersonId): boolean {
  switch (news.type) {
    case 'protection.changed':
      return news.citizenId === citizenId && news.isAddressProtected
    case 'welcome':
      if (news.you.id === citizenId) return news.isAddressProtected
      return isProtectedAmong(news.citizens, citizenId)
    case 'directory.changed':
      return isProtectedAmong(news.citizens, citizenId)
    default:
      return false
  }
}

function isProtectedAmong(
  citizens: readonly {
    readonly person: { readonly id: PersonId }
    readonly isAddressProtected: boolean
  }[],
  citizenId: PersonId,
): boolean {
  return citizens.some(({ person, isAddressProtected }) => {
    return person.id === citizenId && isAddressProtected
  })
}
