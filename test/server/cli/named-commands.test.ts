import { readFile, readdir } from 'node:fs/promises'
import t from 'tap'
import { COMMANDS } from '../../../server/src/cli/run.ts'

const ROOT = new URL('../../../', import.meta.url)

/** What stands after `naervaer` in code of a page, up to its end. */
function listNamed(page: string): string[] {
  const code = [
    ...[...page.matchAll(/```.*?```/gs)].flatMap(([block]) => block.split('\n')),
    ...[...page.replace(/```.*?```/gs, '').matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text),
  ]
  // A command, and no file, folder, host or metric of that name.
  return code.flatMap((line) => {
    const found = /(?:^|npx |app |\$ )naervaer ((?:[a-z][a-z0-9-]* ?)+)/.exec(line)
    return found?.[1] === undefined ? [] : [found[1].trim()]
  })
}

t.test('each command that the pages name is there', async (t) => {
  const docs = await readdir(new URL('docs/', ROOT), { recursive: true })
  const pages = ['README.md', 'SECURITY.md', ...docs.map((file) => `docs/${file}`)]
  const names = COMMANDS.map(({ name }) => name)
  const groups = new Set(names.map((name) => name.split(' ')[0]))
  let count = 0
  for (const path of pages.filter((each) => /\.(md|html)$/.test(each))) {
    for (const named of listNamed(await readFile(new URL(path, ROOT), 'utf8'))) {
      count++
      const isThere = names.some((name) => named === name || named.startsWith(`${name} `))
      t.ok(isThere || groups.has(named), `${path}: naervaer ${named}`)
    }
  }
  t.ok(count > 20, String(count))
})

t.test('a command that is not there would be found', (t) => {
  const page = '`naervaer fly away`, `naervaer.sqlite`\n\n```sh\nnpx naervaer art30 --json\n```\n'
  t.strictSame(listNamed(page).sort(), ['art30', 'fly away'])
  t.end()
})
