import type { OwnTalk, OwnTalksReply } from '@naervaer/shared'
import { SOFIE } from './appointments.ts'
import { ANNA, JENS, TEN_O_CLOCK } from './fake-services.ts'

const MINUTE_MS = 60_000

/** What a worker finds of the last days: one said of, one not. */
export const OWN_TALKS: OwnTalksReply = {
  talks: [
    {
      id: '00000000-0000-7000-8000-00000000000c' as OwnTalk['id'],
      citizen: ANNA,
      connectedAt: TEN_O_CLOCK - 60 * MINUTE_MS,
      endedAt: TEN_O_CLOCK - 41 * MINUTE_MS,
      replaced: null,
    },
    {
      id: '00000000-0000-7000-8000-00000000000d' as OwnTalk['id'],
      citizen: JENS,
      connectedAt: TEN_O_CLOCK - 24 * 60 * MINUTE_MS,
      endedAt: TEN_O_CLOCK - 24 * 60 * MINUTE_MS + 12 * MINUTE_MS,
      replaced: 'partly',
    },
  ],
  covered: [
    {
      id: '00000000-0000-7000-8000-00000000000e' as OwnTalk['id'],
      citizen: JENS,
      worker: SOFIE,
      connectedAt: TEN_O_CLOCK - 2 * 24 * 60 * MINUTE_MS,
    },
  ],
}
