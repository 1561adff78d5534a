import t from 'tap'
import { describePairingRefusal } from '../../client/src/components/pairing-words.ts'
import { RefusedError } from '../../client/src/services/http-request.ts'
import { setTexts } from '../../client/src/texts/text.ts'
import { readTexts } from './texts/all-texts.ts'

t.test('how long to wait is said in minutes, and of one minute as one says it', async (t) => {
  setTexts('da', await readTexts('da'))
  const wait = (seconds: number | null) =>
    describePairingRefusal(new RefusedError('PAIRING_LOCKED', seconds))
  for (const seconds of [1, 59, 60]) t.match(wait(seconds), /Vent et minut\.$/)
  t.match(wait(61), /Vent 2 minutter\.$/)
  t.match(wait(600), /Vent 10 minutter\.$/)
  t.match(wait(null), /Vent 10 minutter\.$/)
})
