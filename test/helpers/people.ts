import type { PersonId } from '@naervaer/shared'

const demoId = (number: number) =>
  `01900000-0000-7000-8000-${String(number).padStart(12, '0')}` as PersonId

/** The demo's people by name: Anna, Jens and Max are Mette's, Liz is Ole's; Karen leads, Bo is IT. */
export const PEOPLE = {
  mette: demoId(1),
  ole: demoId(2),
  anna: demoId(3),
  jens: demoId(4),
  max: demoId(5),
  liz: demoId(6),
  karen: demoId(7),
  bo: demoId(8),
} as const
export type PersonName = keyof typeof PEOPLE
