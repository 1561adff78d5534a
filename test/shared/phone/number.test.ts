import t from 'tap'
import { PhoneNumberSchema, toPhoneNumber, writePhoneNumber } from '@naervaer/shared'
import { Check } from 'typebox/schema'

// prettier-ignore
const WRITTEN: readonly (readonly [text: string, number: string | null, written: string])[] = [
  ['20304050', '+4520304050', '20 30 40 50'],
  [' 20 30 40 50 ', '+4520304050', '20 30 40 50'],
  ['20-30-40-50', '+4520304050', '20 30 40 50'],
  ['+45 20304050', '+4520304050', '20 30 40 50'],
  ['0045 20 30 40 50', '+4520304050', '20 30 40 50'],
  ['(+46) 70/123 45 67', '+46701234567', '+46701234567'],
  ['+298 212345', '+298212345', '+298212345'],
  ['', null, ''],
  ['112', null, ''],
  ['2030405', null, ''],
  ['203040506', null, ''],
  ['12345678', null, ''],
  ['02345678', null, ''],
  ['+45 2030405', null, ''],
  ['+45 203040500', null, ''],
  ['+45 112', null, ''],
  ['+046 701234567', null, ''],
  ['+4670123456789012', null, ''],
  ['20 30 40 5x', null, ''],
  ['tel:20304050', null, ''],
  ['+45;ext=1', null, ''],
]

t.test('PH1 what somebody writes becomes the number that is dialled, or none', (t) => {
  for (const [text, number, written] of WRITTEN) {
    t.equal(toPhoneNumber(text), number, text)
    if (number === null) continue
    t.ok(Check(PhoneNumberSchema, number))
    t.equal(writePhoneNumber(number).replaceAll('\u00a0', ' '), written)
    t.equal(toPhoneNumber(writePhoneNumber(number)), number, 'and back')
  }
  t.end()
})
