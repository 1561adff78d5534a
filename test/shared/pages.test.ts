import { CHECK_CODES } from '@naervaer/shared'
import { readFile, readdir, stat } from 'node:fs/promises'
import t from 'tap'

const ROOT = new URL('../../', import.meta.url)
const read = (path: string) => readFile(new URL(path, ROOT), 'utf8')

/** Every page that people read, from the root: those of docs, and those beside the README. */
async function listPages(): Promise<string[]> {
  const names = (folder: string, files: readonly string[]) =>
    files.filter((file) => /\.(md|html)$/.test(file)).map((file) => `${folder}${file}`)
  const docs = await readdir(new URL('docs/', ROOT), { recursive: true })
  return [...names('', await readdir(ROOT)), ...names('docs/', docs)].sort()
}

const pages = await listPages()

/** The page without what only shows code. */
const withoutCode = (page: string) => page.replace(/```.*?```/gs, '').replace(/`[^`\n]*`/g, '')

/** Headings as the addresses that GitHub gives them. */
function listAnchors(page: string): Set<string> {
  const headings = [...page.replace(/```.*?```/gs, '').matchAll(/^#{1,6} +(.*)$/gm)]
  return new Set(
    headings.map(([, text = '']) =>
      text
        .trim()
        .toLowerCase()
        .replace(/[^\p{L}\p{N}_ -]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}

/** Where links and pictures of a page lead, as they are written; not those to other hosts. */
function listTargets(page: string): string[] {
  const targets = [
    ...[...withoutCode(page).matchAll(/\]\(([^)\s]+)\)/g)],
    ...[...page.matchAll(/(?:href|src)="([^"]+)"/g)],
  ].map(([, target = '']) => target)
  return targets.filter((target) => !/^(https?|mailto|tel|data):/.test(target))
}

async function exists(url: URL): Promise<boolean> {
  return stat(url).then(
    () => true,
    () => false,
  )
}

t.test('each link of the pages leads to a file and a heading that are there', async (t) => {
  let count = 0
  for (const path of pages) {
    const page = await read(path)
    for (const target of listTargets(page)) {
      count++
      const url = new URL(target, new URL(path, ROOT))
      const [, anchor] = decodeURIComponent(url.hash).split('#')
      url.hash = ''
      if (!(await exists(url))) t.fail(`${path}: ${target} is not there`)
      else if (anchor !== undefined) {
        const there = listAnchors(await readFile(url, 'utf8'))
        t.ok(there.has(anchor), `${path}: ${target} is a heading`)
      }
    }
  }
  t.ok(count > 100)
})

t.test('headings have the addresses that GitHub gives them', (t) => {
  const page = '# The citizen’s rights\n\n## K1: Der, »åh« & `x`\n\n```\n# no heading\n```\n'
  t.strictSame([...listAnchors(page)], ['the-citizens-rights', 'k1-der-åh--x'])
  t.strictSame(listTargets('[a](b.md#c) `[d](e)` [f](https://g) <img src="h.png" />'), [
    'b.md#c',
    'h.png',
  ])
  t.end()
})

/** What a page has in the same order in each language: headings by their depth, table rows, list lines. */
const outlineOf = (page: string) =>
  [...page.matchAll(/^(#{1,6}|\||-|\d+\.) /gm)].map(([, mark = '']) => mark.replace(/^\d+/, '1'))

t.test('what is there in Danish is there in English, with the same parts', async (t) => {
  const danish = pages.filter((path) => path.endsWith('.da.md') && path !== 'docs/security.da.md')
  t.ok(danish.length >= 8)
  for (const path of danish) {
    const twin = path.replace(/\.da\.md$/, '.en.md')
    if (!pages.includes(twin)) {
      t.fail(`${twin} is missing`)
      continue
    }
    const [da, en] = [await read(path), await read(twin)]
    t.strictSame(outlineOf(da), outlineOf(en), path)
    const blanks = [/\[Udfyldes af/g, /\[To be filled in by/g].map((mark, index) => {
      return (index === 0 ? da : en).match(mark)?.length ?? 0
    })
    t.equal(blanks[0], blanks[1], `${path}: the same is left to the municipality`)
  }
  for (const path of pages.filter((each) => each.endsWith('.en.md'))) {
    t.ok(pages.includes(path.replace(/\.en\.md$/, '.da.md')), `${path} is there in Danish`)
  }
})

t.test('the index of docs leads to every page there', async (t) => {
  const targets = new Set(listTargets(await read('docs/README.md')))
  const listed = pages.filter((path) => /^docs\/.*\.(md|html)$/.test(path))
  for (const path of listed) {
    const own = path.replace(/^docs\//, '')
    if (own === 'README.md' || /^(codes|decisions)\//.test(own)) continue
    t.ok(targets.has(own), `${own} is in the index`)
  }
  for (const folder of ['codes/README.md', 'decisions']) t.ok(targets.has(folder), folder)
  t.match(await read('README.md'), '(docs/README.md)')
})

t.test('troubleshooting leads to the page of every code, in both languages', async (t) => {
  for (const language of ['da', 'en']) {
    const page = await read(`docs/guides/troubleshooting.${language}.md`)
    for (const code of Object.keys(CHECK_CODES)) {
      t.ok(page.includes(`| [${code}](../codes/${code}.md)`), `${language}: ${code}`)
    }
  }
})
