import t from 'tap'
import { GalleryStage } from './gallery/stage.ts'

t.test('S-17 the gallery is under our own policy, and a refusal fails it', async (t) => {
  t.setTimeout(120_000)
  const stage = await GalleryStage.open()
  const { page, trouble } = await stage.show('home')
  t.same(trouble, [])
  const outcome = await page.evaluate(async () => {
    const refused: string[] = []
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      refused.push(effectiveDirective),
    )
    const style = document.createElement('style')
    style.textContent = 'h1 { color: red }'
    document.body.append(style)
    let isMarkupTaken = true
    try {
      document.body.innerHTML = '<p>text</p>'
    } catch {
      isMarkupTaken = false
    }
    const image = new Image()
    image.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw='
    await new Promise((resolve) => (image.onerror = resolve))
    return { refused: refused.sort(), isMarkupTaken }
  })
  const expected = ['img-src', 'require-trusted-types-for', 'style-src-elem']
  t.strictSame(outcome, { refused: expected, isMarkupTaken: false })
  for (const directive of expected) {
    t.ok(
      trouble.some((each) => each.startsWith(`${directive} refused`)),
      directive,
    )
  }
  await t.rejects(stage.close(), { message: /^home: [\w-]+ refused/ })
})
