import type { Person, Reached } from '@naervaer/shared'

/** The people of a snapshot, before it is said whose reminder has come. */
export interface People {
  readonly citizens: readonly { readonly person: Person }[]
}

/** Them, with whether their last reminder has come. */
export type WithReached<P extends People> = Omit<P, 'citizens'> & {
  readonly citizens: (P['citizens'][number] & { readonly reached: Reached })[]
}
