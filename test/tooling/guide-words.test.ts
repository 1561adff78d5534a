import { readFile, readdir } from 'node:fs/promises'
import t from 'tap'

const ROOT = new URL('../../', import.meta.url)
const read = (path: string) => readFile(new URL(path, ROOT), 'utf8')

async function readAll(folder: string, ending: string): Promise<string> {
  const files = await readdir(new URL(folder, ROOT), { recursive: true })
  const wanted = files.filter((file) => file.endsWith(ending))
  return (await Promise.all(wanted.map((file) => read(`${folder}${file}`)))).join('\n')
}

/** Words as they are compared: one blank between them, and the example's name for whoever it is. */
const plain = (text: string) => text.replace(/\s+|\\u00a0/g, ' ').replaceAll('{name}', 'Mette')

const PRINTED = [
  { path: 'docs/guides/borger.html', language: 'da', quoted: /»([^«]+)«/g },
  { path: 'docs/guides/medarbejder.html', language: 'da', quoted: /»([^«]+)«/g },
  { path: 'docs/guides/citizen.html', language: 'en', quoted: /“([^”]+)”/g },
  { path: 'docs/guides/worker.html', language: 'en', quoted: /“([^”]+)”/g },
] as const

t.test('what the printed pages put in quotation marks stands in the app so', async (t) => {
  for (const { path, language, quoted } of PRINTED) {
    const texts = plain(await readAll(`client/src/texts/${language}/`, '.ts'))
    const words = [...plain(await read(path)).matchAll(quoted)].map(([, word = '']) => word)
    t.ok(words.length >= 4, path)
    for (const word of words) {
      // A label, whole or with a place for something behind it, such as a telephone number.
      const isThere = [`'${word}'`, `'${word} {`].some((label) => texts.includes(label))
      t.ok(isThere, `${path}: ${word}`)
    }
  }
})

t.test('settings and codes that the guides name are there', async (t) => {
  const source = (await readAll('server/src/', '.ts')) + (await readAll('shared/src/', '.ts'))
  const names = await readdir(new URL('docs/', ROOT), { recursive: true })
  const guides = names.filter((name) => /\.(da|en)\.md$/.test(name)).map((name) => `docs/${name}`)
  let count = 0
  for (const path of ['SECURITY.md', ...guides]) {
    for (const [, name = ''] of (await read(path)).matchAll(/`([A-Z]+(?:_[A-Z]+)+)\b/g)) {
      count++
      t.ok(source.includes(name), `${path}: ${name}`)
    }
  }
  t.ok(count > 20, String(count))
})
