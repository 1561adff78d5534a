import t from 'tap'
import { ANNA, directoryOf, NOTHING_NEW, TEN_O_CLOCK } from './gallery/fake-services.ts'
import { checkLooks, NARROW } from './gallery/looks.ts'
import { openStates } from './gallery/on-states.ts'
import { asked, button } from './gallery/page-tools.ts'
import { openMore, rowOf } from '../helpers/citizen-row.ts'

t.test('what a citizen says on the first page', async (t) => {
  const { on } = await openStates(t, NARROW)

  await on('home', 'the duty number stands beside 112', async (t, page) => {
    const duty = page.getByRole('link', { name: 'Ring vagten 12 34 56 78' })
    t.equal(await duty.getAttribute('href'), 'tel:12345678')
    await checkLooks(t, page)
  })

  await on('home', 'each button says one thing', async (t, page) => {
    await button(page, 'Jeg er klar').click()
    await button(page, 'Bed Mette om at ringe').click()
    t.same(await asked(page), ['/api/ready {"isReady":true}', '/api/callback {"isWanted":true}'])
    await checkLooks(t, page)
  })

  await on('home', 'a double tap does not take back what it has said', async (t, page) => {
    const ready = button(page, 'Jeg er klar')
    const box = await ready.boundingBox()
    if (box === null) throw new Error('no button')
    const at = [box.x + box.width / 2, box.y + box.height / 2] as const
    await ready.click()
    await page.evaluate(
      (home) => {
        const { directory } = window
        if (directory.value !== null) directory.set({ ...directory.value, home })
      },
      { ...NOTHING_NEW, readyUntil: TEN_O_CLOCK },
    )
    await button(page, 'Jeg er ikke klar mere').waitFor()
    await page.mouse.click(...at)
    t.same(await asked(page), ['/api/ready {"isReady":true}'])
  })

  await on('home-seen', 'what is said is taken back in the same place', async (t, page) => {
    await page.getByText('Nu kan Mette se, at du er klar.').waitFor()
    await page.getByText('Det gælder til kl. 10.30.').waitFor()
    await page.getByText('Mette har set din besked. Mette ringer, når der er tid.').waitFor()
    await button(page, 'Jeg er ikke klar mere').click()
    await button(page, 'Tag beskeden tilbage').click()
    t.same(await asked(page), ['/api/ready {"isReady":false}', '/api/callback {"isWanted":false}'])
    await checkLooks(t, page)
  })

  await on('home-missed', 'a missed ring is one line, and no number', async (t, page) => {
    await page.getByText('Mette ringede kl. 10.00').waitFor()
    await button(page, 'Bed Mette om at ringe igen').waitFor()
    const text = await page.locator('nv-home-news').innerText()
    t.notMatch(text, /\b[2-9] /, 'nothing is counted')
    await checkLooks(t, page)
  })

  await on(
    'missed-notice',
    'where the notice leads, a ring is asked for as at home',
    async (t, page) => {
      await page.getByRole('heading', { name: 'Mette ringede kl. 10.00' }).waitFor()
      await page.getByText('Det gør ikke noget, at du ikke nåede det.').waitFor()
      await button(page, 'Bed Mette om at ringe igen').click()
      t.same(await asked(page), ['/api/callback {"isWanted":true}'])
      t.equal(await page.getByText('Mette ringede').count(), 1, 'it is said once')
      await checkLooks(t, page)
    },
  )

  await on('missed-notice-asked', 'and is answered there', async (t, page) => {
    await page.getByText('Mette har fået din besked. Mette ringer, når der er tid.').waitFor()
    await button(page, 'Tag beskeden tilbage').waitFor()
    await checkLooks(t, page)
  })

  await on(
    'missed-notice-over',
    'what nobody knows of is over, and no more is said',
    async (t, page) => {
      await page.getByRole('heading', { name: 'Opkaldet er slut.' }).waitFor()
      await button(page, 'Bed Mette om at ringe').waitFor()
      await checkLooks(t, page)
    },
  )

  for (const state of ['home-paused', 'home-offered', 'home-lost']) {
    await on(state, `${state}: where nobody may ring, nothing is offered`, async (t, page) => {
      await page.getByRole('heading', { name: 'Hej Anna' }).waitFor()
      t.equal(await button(page, 'Jeg er klar').count(), 0)
    })
  }
})

t.test('quiet hours and the language, in Mine valg', async (t) => {
  const { on } = await openStates(t, NARROW)

  await on('my-choices', 'two times are chosen, and kept', async (t, page) => {
    await button(page, 'Hvornår må vi ikke ringe?').click()
    await checkLooks(t, page)
    t.equal(await button(page, 'I må ringe hele døgnet').count(), 0, 'there is nothing to end')
    await page.getByLabel('Fra kl.').selectOption('22.00')
    await page.getByLabel('Til kl.').selectOption('22.00')
    await button(page, 'Gem').click()
    await page.getByText('Vælg to tider, der ikke er ens.').waitFor()
    t.same(await asked(page), [])
    await page.getByLabel('Til kl.').selectOption('21.30')
    await page.getByText('Fra kl. 22.00 til kl. 21.30 næste dag.').waitFor()
    await button(page, 'Gem').click()
    await page.getByText('Det er 23,5 timer i døgnet. Må vi ikke ringe i så lang tid?').waitFor()
    await checkLooks(t, page)
    await button(page, 'Nej, vælg igen').click()
    t.same(await asked(page), [], 'so long is asked about')
    await page.getByLabel('Til kl.').selectOption('08.30')
    await button(page, 'Gem').click()
    await button(page, 'Hvornår må vi ikke ringe?').waitFor()
    t.same(await asked(page), ['/api/quiet-hours {"quiet":{"from":1320,"to":510}}'])
  })

  await on('my-choices-quiet', 'they stand in the list, and are ended there', async (t, page) => {
    await button(page, 'Ring ikke til mig fra kl. 21.00 til kl. 09.00 næste dag').click()
    await button(page, 'I må ringe hele døgnet').click()
    await button(page, 'Ring ikke til mig fra kl. 21.00 til kl. 09.00 næste dag').waitFor()
    t.same(await asked(page), ['/api/quiet-hours {"quiet":null}'])
  })

  await on(
    'my-choices-reminded',
    'the day before says where this device shows no notices',
    async (t, page) => {
      const answerWith = (own: object | null) =>
        page.route('**/api/push', (route) =>
          route.fulfill({ json: { publicKey: 'B'.repeat(87), own } }),
        )
      await answerWith(null)
      await button(page, 'Telefon og tablet').click()
      await page.getByText(/^Denne \S+ viser ingen beskeder nu\.$/u).waitFor()
      const way = page.getByRole('link', { name: 'Slå beskeder til' })
      t.equal(await way.getAttribute('href'), '/besked')
      await checkLooks(t, page)
    },
  )

  await on('my-choices', 'what is stored, and for how long', async (t, page) => {
    await button(page, 'Hvad gemmer vi om dig?').click()
    await page.getByText('At du er klar: efter en halv time.').waitFor()
    t.equal(await page.getByRole('heading', { level: 2 }).count(), 2)
    await checkLooks(t, page)
    await button(page, 'Tilbage').click()
    await button(page, 'Hvad gemmer vi om dig?').waitFor()
  })

  await on('my-choices', 'each language is called by its own name', async (t, page) => {
    await button(page, 'Sprog (language)').click()
    t.equal(await button(page, 'Dansk').getAttribute('aria-pressed'), 'true')
    t.equal(await button(page, 'English').getAttribute('lang'), 'en')
    await checkLooks(t, page)
  })
})

const isFocused = (element: Element): boolean => {
  const root = element.getRootNode()
  return root instanceof ShadowRoot && root.activeElement === element
}

t.test('what the worker sees of it', async (t) => {
  const { on } = await openStates(t, NARROW)

  await on('citizens-wishes', 'a wish is answered by a ring or by "Set"', async (t, page) => {
    const said = page.locator('nv-callbacks').getByRole('status').first()
    t.match(await said.innerText(), /vil gerne ringes op/)
    t.equal(await said.getByRole('button').count(), 0, 'what can be done is not read with it')
    await button(page, 'Set, jeg ringer senere').click()
    await button(page, 'Ring til Anna').click()
    t.same(await asked(page), [
      `/api/citizens/${ANNA.id}/callback/seen undefined`,
      `ring ${ANNA.id}`,
    ])
    await openMore(rowOf(page, 'Max'))
    await page.getByText('Max vil ikke ringes op mellem 21.00 og 09.00.').waitFor()
    await checkLooks(t, page)
  })

  await on('citizens-quiet', 'a ring in quiet hours is made for a reason', async (t, page) => {
    const [first] = directoryOf('worker').citizens
    await button(page, 'Ring op').first().click()
    await page.getByText('Skal du ringe alligevel? Sig hvorfor.').waitFor()
    const said = page.locator('nv-quiet-ring').getByRole('heading')
    t.ok(await said.evaluate(isFocused), 'it is read, and what to do next follows')
    await checkLooks(t, page)
    await button(page, 'Anna har bedt om det').click()
    const id = first?.person.id ?? ''
    t.same(await asked(page), [`ring ${id}`, `ring ${id} asked`])
  })
})
