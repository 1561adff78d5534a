import * as Type from 'typebox'

/** A day as the calendar on the wall has it: "2026-11-26". */
export type Day = string

/** Shaped like a day; whether a calendar has it, `isDay` says. */
export const DaySchema = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', maxLength: 10 })
