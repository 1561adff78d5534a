import * as Type from 'typebox'
import { NoticeTokenSchema } from '../push/message.ts'
import { closedObject } from '../wire/envelope.ts'

/** `POST /api/reminders`: whether the citizen would like a reminder the day before as well. */
export const ReminderWishSchema = closedObject({ dayBefore: Type.Boolean() })

/** What can be answered on the notice itself. */
export const NOTICE_ANSWERS = ['ready', 'more', 'off'] as const
export type NoticeAnswer = (typeof NOTICE_ANSWERS)[number]

/** `POST /api/push/answer`: what was said on a reminder's notice; the notice's token opens it. */
export const NoticeAnswerBodySchema = closedObject({
  token: NoticeTokenSchema,
  answer: Type.Unsafe<NoticeAnswer>(Type.Enum([...NOTICE_ANSWERS])),
})
