import { keep, toKept } from '../../services/kept.ts'
import { firstName } from '../../texts/text.ts'
import type { AppServices } from '../app-services.ts'

/** A citizen's page keeps what it could say without a server (see docs/operating.md); staff's nothing. */
export function keepForOffline({ session, directory }: AppServices): void {
  const follow = () => {
    const [known, people] = [session.value, directory.value]
    if (known?.role !== 'citizen' || people === null || people.you.id !== known.you?.id) return
    const workers = people.workers.map(({ name }) => firstName(name))
    const next = toKept(people.home?.appointments ?? [], firstName)
    keep({ workers, dutyPhone: known.dutyPhone, next })
  }
  session.subscribe(follow)
  directory.subscribe(follow)
  follow()
}
