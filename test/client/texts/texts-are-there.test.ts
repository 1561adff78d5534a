import { join, relative } from 'node:path'
import t from 'tap'
import { readParts } from './all-texts.ts'
import { readUses, type ModuleUses } from './text-uses.ts'

const SOURCE = join(import.meta.dirname, '../../../client/src')
const MAIN = join(SOURCE, 'main.ts')
const name = (file: string): string => relative(SOURCE, file)

const parts = await readParts('da')
const partOf = new Map(
  [...parts].flatMap(([part, texts]) => Object.keys(texts).map((key) => [key, part] as const)),
)

const modules = new Map<string, ModuleUses>()
function uses(file: string): ModuleUses {
  const known = modules.get(file) ?? readUses(file, (text) => partOf.has(text))
  modules.set(file, known)
  return known
}

/** Everything that is there when a script has been fetched: itself and what it imports, to the end. */
function reach(root: string): ReadonlySet<string> {
  const found = new Set([root])
  for (const file of found) {
    // Texts say their own keys, and a part that is fetched is no use of it.
    if (!/texts\/(da|en)\//.test(file)) for (const next of uses(file).imports) found.add(next)
  }
  return found
}

/** The parts that are there for certain when a script runs, whatever way it was fetched. */
function findLoaded(): ReadonlyMap<string, ReadonlySet<string>> {
  const loaded = new Map([[MAIN, new Set(['everybody'])]])
  const waiting = [MAIN]
  for (let root = waiting.pop(); root !== undefined; root = waiting.pop()) {
    const here = loaded.get(root) ?? new Set()
    for (const { file, parts } of [...reach(root)].flatMap((each) => uses(each).later)) {
      const before = loaded.get(file)
      const now = new Set([...here, ...parts].filter((part) => before?.has(part) ?? true))
      if (now.size === before?.size) continue
      loaded.set(file, now)
      waiting.push(file)
    }
  }
  return loaded
}

const isText = (file: string): boolean => /texts\/(da|en)\//.test(file)
const keysOf = (file: string): readonly string[] =>
  [...uses(file).keys].flatMap((key) =>
    key.endsWith('*')
      ? [...partOf.keys()].filter((each) => each.startsWith(key.slice(0, -1)))
      : [key],
  )

t.test('no script speaks before its texts are there', (t) => {
  const loaded = findLoaded()
  const missing = [...loaded]
    .filter(([root]) => !isText(root))
    .flatMap(([root, there]) =>
      [...reach(root)]
        .filter((file) => !isText(file))
        .flatMap((file) =>
          keysOf(file)
            .filter((key) => !there.has(partOf.get(key) ?? ''))
            .map((key) => `${name(file)} says ${key}, and ${name(root)} comes without it`),
        ),
    )
  t.same(missing, [])
  t.ok([...loaded.keys()].map(name).includes('pages/nv-it-page.ts'), 'pages are found')
  t.ok(loaded.get(join(SOURCE, 'pages/nv-it-page.ts'))?.has('staff'), 'and their texts')
  t.end()
})

t.test('nothing speaks while a script is still being fetched', (t) => {
  const hasty = [...modules].flatMap(([file, { hasty }]) =>
    hasty.map((line) => `${name(file)}:${line}`),
  )
  t.same(hasty, [])
  t.end()
})

t.test('every text is said by somebody, and stands in one part only', (t) => {
  const said = new Set([...modules.keys()].filter((file) => !isText(file)).flatMap(keysOf))
  t.same(
    [...partOf.keys()].filter((key) => !said.has(key)),
    [],
  )
  const count = [...parts.values()].reduce((sum, texts) => sum + Object.keys(texts).length, 0)
  t.equal(partOf.size, count)
  t.end()
})

t.test('the first script brings no text that only later pages say', (t) => {
  const first = new Set([...reach(MAIN)].filter((file) => !isText(file)).flatMap(keysOf))
  t.same(
    Object.keys(parts.get('everybody') ?? {}).filter((key) => !first.has(key)),
    [],
  )
  const others = [...reach(MAIN)].filter(isText).map(name)
  t.same(others, ['texts/da/everybody.ts'])
  t.end()
})
