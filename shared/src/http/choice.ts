import * as Type from 'typebox'
import { PAUSE_WEEKS, type PauseWeeks } from '../choice/choice.ts'
import { CHOICE_LANGUAGES, type ChoiceLanguage } from '../choice/texts/text.ts'
import { PersonIdSchema } from '../ids.ts'
import { closedObject } from '../wire/envelope.ts'
import { ChoiceViewSchema } from '../wire/choice.ts'

/** What is said to an offer: "Ja tak", "Nej tak", "Spørg mig en anden gang". */
export const CHOICE_ANSWERS = ['yes', 'no', 'later'] as const
export type ChoiceAnswer = (typeof CHOICE_ANSWERS)[number]

/** `POST /api/choice/answer`, and the same as spoken: `POST /api/citizens/:citizenId/choice/answer`. */
export const ChoiceAnswerSchema = closedObject({
  answer: Type.Unsafe<ChoiceAnswer>(Type.Enum([...CHOICE_ANSWERS])),
  /** Of the text that was shown or read aloud. */
  textVersion: Type.Integer({ minimum: 1, maximum: 10_000 }),
  language: Type.Unsafe<ChoiceLanguage>(Type.Enum([...CHOICE_LANGUAGES])),
})
export type ChoiceAnswerBody = Type.Static<typeof ChoiceAnswerSchema>

/** `POST /api/choice/pause`. */
export const ChoicePauseSchema = closedObject({
  weeks: Type.Unsafe<PauseWeeks>(Type.Enum([...PAUSE_WEEKS])),
})
export type ChoicePauseBody = Type.Static<typeof ChoicePauseSchema>

/** The address of a route about one citizen. */
export const ChoiceParamsSchema = closedObject({ citizenId: PersonIdSchema })

/** What every route about a choice answers: the choice as it now is. */
export const ChoiceReplySchema = closedObject({ choice: ChoiceViewSchema })
export type ChoiceReply = Type.Static<typeof ChoiceReplySchema>
