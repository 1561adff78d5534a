import type { WallTime } from '@naervaer/shared/wall'
import type { WeekItem } from './week-item.ts'

/** An appointment has been chosen: it is to be moved, called off or looked at. */
export class ItemEvent extends Event {
  readonly item: WeekItem

  constructor(item: WeekItem) {
    super('nv-item', { bubbles: true, composed: true })
    this.item = item
  }
}

/** A free time has been chosen, for as long as was drawn, or without a wish for how long. */
export class FreeEvent extends Event {
  readonly at: WallTime
  readonly lengthMinutes: number | null

  constructor(at: WallTime, lengthMinutes: number | null) {
    super('nv-free', { bubbles: true, composed: true })
    this.at = at
    this.lengthMinutes = lengthMinutes
  }
}

/** An appointment has been put somewhere else, or back where it was. */
export class ShiftEvent extends Event {
  readonly item: WeekItem
  readonly to: WallTime | null
  /** Whether it is to stay there, and not on its way by the arrow keys. */
  readonly isMeant: boolean

  constructor(item: WeekItem, to: WallTime | null, isMeant: boolean) {
    super('nv-shift', { bubbles: true, composed: true })
    this.item = item
    this.to = to
    this.isMeant = isMeant
  }
}

declare global {
  interface HTMLElementEventMap {
    'nv-item': ItemEvent
    'nv-free': FreeEvent
    'nv-shift': ShiftEvent
  }
}
