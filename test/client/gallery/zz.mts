import { GalleryStage } from './stage.ts'
const stage = await GalleryStage.open()
for (const [state, w, s] of [['staff-it-device',1280,'light'],['staff-it-device',390,'dark'],['staff-code',390,'light'],['staff-codes',820,'dark']] as const) {
  const { page, trouble } = await stage.show(state, { viewport: { width: w, height: 900 }, colorScheme: s })
  if (state === 'staff-it-device') { await page.getByText('Ændret, siden det sidst virkede').waitFor(); await page.getByLabel('Kode på fire tegn').fill('f7k3'); await page.getByRole('button', { name: 'Åbn rapporten' }).click(); await page.getByText('Alt, der er målt').waitFor() }
  await page.screenshot({ path: `/tmp/nv/desk-shots/full-${state}-${w}-${s}.png`, fullPage: true })
  console.log(state, trouble)
}
await stage.close()
