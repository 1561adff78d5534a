import t from 'tap'
import { checkLooks, NARROW } from './gallery/looks.ts'
import { openStates } from './gallery/on-states.ts'

/** What lies behind a tap, and so is no state of its own: where, what is tapped, and what is there then. */
const STEPS: readonly (readonly [state: string, tapped: string, then: RegExp])[] = [
  ['my-choices', 'Hold pause', /^Ingen ringer til dig imens/],
  ['my-choices', 'Hvornår må vi ikke ringe?', /Fra kl\./],
  ['my-choices', 'Telefon og tablet', /^Prøv din telefon$/],
  ['my-choices', 'Sprog (language)', /English/],
  [
    'my-choices',
    'Jeg vil ikke have flere videosamtaler',
    /Vi gemmer stadig, hvornår I har talt sammen/,
  ],
  ['devices', 'Fjern', /^Vil du fjerne den\?/],
  ['check-help', 'Få en supportkode', /^Din supportkode/],
  ['citizens-row-open', 'Tjekliste til hjemmebesøg', /^Mikrofon/],
]

t.test('what lies behind a tap can be read and used by everybody', async (t) => {
  const { on } = await openStates(t, NARROW)
  for (const [state, tapped, then] of STEPS) {
    await on(state, `${state}: ${tapped}`, async (t, page) => {
      await page.getByRole('button', { name: tapped }).first().click()
      await page.getByText(then).first().waitFor()
      await checkLooks(t, page)
    })
  }
})
