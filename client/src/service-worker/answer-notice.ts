import type { DurationMs } from '@naervaer/shared'
import { describeReminderEnd, NOTICE_ANSWERS, type NoticeAnswer } from '@naervaer/shared/push'

const ANSWER_MS: DurationMs = 10_000

/** How long it stands that the answer has come. */
const THANKS_MS: DurationMs = 4_000

/** As much of a service worker as is needed to answer. */
export interface AnswerScreen {
  readonly registration: {
    showNotification(title: string, options: NotificationOptions): Promise<void>
    getNotifications(which: { readonly tag: string }): Promise<readonly { close(): void }[]>
  }
}

/** What the notice of a reminder keeps of itself. */
interface ReminderData {
  readonly token: string
  readonly tag: string
  readonly language: 'da' | 'en'
  readonly level: 1 | 2 | 3
}

/** Whether a tap was on the notice of a reminder. */
export function isReminder(data: unknown): data is ReminderData {
  return typeof data === 'object' && data !== null && Reflect.get(data, 'kind') === 'reminder'
}

/** @returns the answer that stands on the button; null for a tap on the notice itself */
export function readAnswer(action: string): NoticeAnswer | null {
  return NOTICE_ANSWERS.find((each) => each === action) ?? null
}

/**
 * Says on the notice what could be said on the first page, and that it has come.
 *
 * @returns whether the server has taken it: where not, the app is opened and asks itself
 */
export async function answerNotice(
  { registration }: AnswerScreen,
  { token, tag, language, level }: ReminderData,
  answer: NoticeAnswer,
): Promise<boolean> {
  const response = await fetch('/api/push/answer', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, answer }),
    credentials: 'omit',
    signal: AbortSignal.timeout(ANSWER_MS),
  }).catch(() => null)
  if (response?.ok !== true) return false
  const { title } = describeReminderEnd('answered', level, language)
  const options = { tag, lang: language, silent: true, data: { kind: 'over' } }
  await registration.showNotification(title, options)
  await new Promise((resolve) => setTimeout(resolve, THANKS_MS))
  for (const notice of await registration.getNotifications({ tag })) notice.close()
  return true
}
