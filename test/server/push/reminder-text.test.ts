import t from 'tap'
import type { PushLanguage, PushMessage } from '@naervaer/shared/push'
import { makeReminderText } from '../../../server/src/push/make-text.ts'

const AT = Date.UTC(2026, 10, 26, 9)

function titleOf(language: PushLanguage, tellsDay: boolean): string {
  const target = { endpoint: 'https://push.example.org/1', p256dh: '', auth: '' }
  const text = makeReminderText(
    { level: 2, language, target },
    {
      ...{ tag: 'A'.repeat(32), token: 'B'.repeat(43), origin: 'https://video.example.org' },
      ...{ name: 'Mette Holm', kind: 'video', startAt: AT, until: AT, tellsDay },
      ...{ asks: false, isSilent: false },
    },
  )
  // A whole message, since the address is not Apple's.
  return (JSON.parse(text) as PushMessage).title
}

t.test('RE2 the day before says a weekday and a date, which stay true whenever it is read', (t) => {
  t.equal(titleOf('da', true), 'Husk din aftale torsdag den 26. november kl. 10.00')
  t.equal(titleOf('en', true), 'Remember your appointment on Thursday 26 November at 10:00')
  t.equal(titleOf('da', false), 'Husk din aftale kl. 10.00')
  t.equal(titleOf('en', false), 'Remember your appointment at 10:00')
  t.end()
})
