import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build, type Plugin, type Rolldown } from 'vite'
import { leanTypebox } from './lean-typebox.ts'

/** The scripts that the server gives out as the service worker, each in one file. */
const SCRIPTS = {
  'service-worker.js': 'src/service-worker/main.ts',
  'farewell-worker.js': 'src/service-worker/farewell.ts',
}

/** What is asked for at an address without a hash, and must be there without a network. */
const PLAIN_FILES = ['index.html', 'icon.svg']

/** Pages that citizens never see, with the texts and parts that come with them alone. */
const STAFF_ONLY =
  /\/pages\/nv-(citizens|leader|it|authority|auditor|sessions|passkeys|invitation|sign-in|refused|demo)-page\.ts$|\/week\/|\/texts\/(da|en)\/(staff|account|oversight|demo|week)\.ts$|\/(nv-(session-notice|back-asked)|worker-call)\.ts$|\/(sign-in|session-life|administration)-client\.ts$|\/work-account\.ts$/

/** The files of the build that a text names by their address. */
const listNamed = (text: string): string[] =>
  [...text.matchAll(/["'`]\/(assets\/[\w.-]+)["'`]/g)].map(([, file = '']) => file)

/** Everything a citizen may come to need, from the page on: static imports and late ones alike. */
function listCitizensFiles(page: string, bundle: Rolldown.OutputBundle): string[] {
  const chunks = Object.values(bundle).filter((each) => each.type === 'chunk')
  const found = new Set<string>()
  const visit = (fileName: string) => {
    const chunk = chunks.find((each) => each.fileName === fileName)
    if (chunk === undefined || found.has(fileName)) return
    if (STAFF_ONLY.test(chunk.facadeModuleId ?? '')) return
    found.add(fileName)
    // Some scripts are fetched by their address, as `addressOf` has written it.
    for (const next of [...chunk.imports, ...chunk.dynamicImports, ...listNamed(chunk.code)])
      visit(next)
  }
  for (const file of listNamed(page)) visit(file)
  const assets = Object.values(bundle).filter((each) => each.type === 'asset')
  const names = assets.map(({ fileName }) => fileName)
  return [...found, ...names.filter((name) => /^assets\/.*\.(css|js|woff2)$/.test(name))].sort()
}

async function listPrecache(folder: string, bundle: Rolldown.OutputBundle) {
  const plain = PLAIN_FILES.map(async (file) => {
    const hash = createHash('sha256').update(await readFile(join(folder, file)))
    return { url: `/${file}`, revision: hash.digest('hex').slice(0, 16) }
  })
  const page = await readFile(join(folder, 'index.html'), 'utf8')
  const hashed = listCitizensFiles(page, bundle)
  return [
    ...(await Promise.all(plain)),
    ...hashed.map((file) => ({ url: `/${file}`, revision: null })),
  ]
}

const buildWorker = (outDir: string, name: string, source: string, files: string) =>
  build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    mode: 'production',
    resolve: { alias: leanTypebox },
    define: { NV_PRECACHE: files, 'process.env.NODE_ENV': '"production"' },
    build: {
      target: 'es2022',
      outDir,
      emptyOutDir: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: join(import.meta.dirname, source),
        output: { format: 'iife', entryFileNames: name },
      },
    },
  })

/**
 * Builds the service worker when the client has been built, with the list of files that it keeps: those
 * of a citizen, since nobody else needs the app where there is no network.
 */
export const serviceWorker: Plugin = {
  name: 'service-worker',
  apply: 'build',
  async writeBundle({ dir }, bundle) {
    if (dir === undefined) return this.error('the client has no folder')
    const files = JSON.stringify(await listPrecache(dir, bundle))
    for (const [name, source] of Object.entries(SCRIPTS))
      await buildWorker(dir, name, source, files)
  },
}
