import type { Appointment } from '@naervaer/shared'
import type { Change, NewAppointment, Warning } from '@naervaer/shared/appointments'
import type { ReactiveControllerHost } from 'lit'
import type { AppointmentsDesk } from '../services/appointments-desk.ts'
import { LatestWish } from './latest-wish.ts'

/** What is about to be planned: something new, or a change of what there is. */
export type Wish =
  | { readonly which: null; readonly wish: NewAppointment }
  | { readonly which: Appointment; readonly wish: Omit<Change, 'revision'> }

/** What should be known of a wish, while it is being filled in: the newest answer to the last wish. */
export class PlanWarnings {
  found: readonly Warning[] = []
  readonly #wish: LatestWish<Wish | null>
  #asked = ''

  constructor(
    host: Pick<ReactiveControllerHost, 'requestUpdate'>,
    getDesk: () => Pick<AppointmentsDesk, 'check' | 'checkChange'>,
  ) {
    this.#wish = new LatestWish(host, async (wish) => {
      // Of what cannot be planned nothing need be known: saving says why.
      this.found = await ask(getDesk(), wish).catch(() => [])
    })
  }

  /** Looks anew where it is another wish than before; null where it is none yet. */
  look(wish: Wish | null): void {
    const asked = JSON.stringify(wish)
    if (asked === this.#asked) return
    this.#asked = asked
    void this.#wish.choose(wish)
  }
}

function ask(
  desk: Pick<AppointmentsDesk, 'check' | 'checkChange'>,
  wish: Wish | null,
): Promise<readonly Warning[]> {
  if (wish === null) return Promise.resolve([])
  return wish.which === null ? desk.check(wish.wish) : desk.checkChange(wish.which, wish.wish)
}
