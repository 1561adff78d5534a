import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { ask } from '../ask.ts'
import { failure, ok, onlyFromInside, unseen, type Check, type DoctorContext } from '../check.ts'

/** Answered by the server with something else than the file, as the kill switch makes it. */
const MADE_ELSEWHERE = /(^|\/)(service-worker|farewell-worker)\.js$|\.map$|\.(br|gz)$/

/** What browsers are given is what this installation holds (criterion S-26). */
export const filesCheck: Check = {
  number: 14,
  name: { da: 'Appens filer', en: 'Files of the app' },
  isFromOutside: false,
  async run(context) {
    const { isOutside, publicUrl, clientRoot } = context
    if (isOutside) return [onlyFromInside()]
    if (publicUrl === null) return []
    const files = await listFiles(clientRoot)
    if (!files.includes('index.html')) return [notBuilt]
    const reached = await ask(context, publicUrl).then(
      () => true,
      () => false,
    )
    // That nobody answers is said by other lines.
    if (!reached) return [untried]
    const wrong: string[] = []
    for (const file of files) if (!(await isServed(context, publicUrl, file))) wrong.push(file)
    if (wrong.length === 0) {
      const count = files.length
      return [
        ok('FILES_OK', {
          da: `Alle ${count} filer kommer frem, som de ligger her.`,
          en: `All ${count} files arrive as they lie here.`,
        }),
      ]
    }
    const list = wrong.slice(0, 3).join(', ')
    return [
      failure(
        'FILES_CHANGED',
        {
          da: `${wrong.length} filer er andre udefra end her, som ${list}.`,
          en: `${wrong.length} files differ from those here, such as ${list}.`,
        },
        {
          da: 'Tøm proxyens cache, og fjern regler, der ændrer svar. Ellers: find ud af, hvem der har ændret dem.',
          en: 'Empty the proxy’s cache, and remove rules that change answers. Otherwise find out who changed them.',
        },
      ),
    ]
  },
}

const untried = unseen('FILES_UNTRIED', {
  da: 'Kunne ikke prøves: siden svarer ikke.',
  en: 'Could not be tried: the page does not answer.',
})

const notBuilt = failure(
  'CLIENT_MISSING',
  { da: 'Appen er ikke bygget på denne server.', en: 'The app is not built on this server.' },
  {
    da: 'Brug det færdige image, eller kør npm run build.',
    en: 'Use the finished image, or run npm run build.',
  },
)

async function listFiles(root: string): Promise<string[]> {
  const all = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => [])
  return all
    .filter((file) => file.isFile())
    .map((file) => relative(root, join(file.parentPath, file.name)).split(sep).join('/'))
    .filter((name) => !MADE_ELSEWHERE.test(name))
    .sort()
}

async function isServed(context: DoctorContext, publicUrl: URL, file: string): Promise<boolean> {
  const path = file === 'index.html' ? '/' : `/${file}`
  const reply = await ask(context, new URL(path, publicUrl)).catch(() => null)
  if (reply?.status !== 200) return false
  return hash(reply.body) === hash(await readFile(join(context.clientRoot, file)))
}

const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
