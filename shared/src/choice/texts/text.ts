/** The languages in which a citizen can be asked. */
export const CHOICE_LANGUAGES = ['da', 'en'] as const
export type ChoiceLanguage = (typeof CHOICE_LANGUAGES)[number]

/** One version of what a citizen says yes or no to, as it was shown or read aloud. */
export interface ChoiceText {
  /** From 1 upwards; a step of the history names it. */
  readonly version: number
  /** In the order in which they are shown, one thing each. */
  readonly lines: Readonly<Record<ChoiceLanguage, readonly string[]>>
}
