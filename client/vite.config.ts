import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'
import { leanTemplates } from './lean-templates.ts'
import { leanTypebox } from './lean-typebox.ts'
import { serviceWorker } from './service-worker-build.ts'

/** Stands in the source for the address of a script of its own, by the end of its path. */
const ADDRESS = /\/address-of(\/[\w/-]+\.ts)/g

/**
 * Puts in the addresses of late scripts: one that failed is asked for at another address, which a plain
 * `import` cannot. Such a script may need the first ones only, for they are there.
 */
const addressOf: Plugin = {
  name: 'address-of',
  generateBundle(_options, bundle) {
    const chunks = Object.values(bundle).filter((each) => each.type === 'chunk')
    const isFirst = ({ name }: { name: string }) => name === 'first' || name === 'libraries'
    const first = chunks.filter(isFirst).map(({ fileName }) => fileName)
    for (const chunk of chunks) {
      chunk.code = chunk.code.replaceAll(ADDRESS, (_all, path: string) => {
        const late = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(path) === true)
        if (late === undefined) return this.error(`${path} is no script of its own`)
        const other = late.imports.find((file) => !first.includes(file))
        if (other !== undefined) return this.error(`${path} needs ${other}, which may fail as well`)
        return `/${late.fileName}`
      })
    }
  },
}

/** What travels smaller; pictures are small already. */
const COMPRESSED = /\.(js|css|html|svg|webmanifest)$/

/** Puts a `.br` and a `.gz` beside each file, which the server sends to browsers that can read them. */
const compressBuilt: Plugin = {
  name: 'compress-built',
  async writeBundle({ dir = '' }) {
    const files = (await readdir(dir, { recursive: true })).filter((file) => COMPRESSED.test(file))
    for (const file of files) {
      const path = join(dir, file)
      const text = await readFile(path)
      await writeFile(`${path}.br`, await promisify(brotliCompress)(text))
      await writeFile(`${path}.gz`, await promisify(gzip)(text, { level: 9 }))
    }
  },
}

/** The built files are served by the server, under its content security policy. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [leanTemplates, addressOf, serviceWorker, compressBuilt],
  resolve: { alias: leanTypebox },
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    // An inlined asset would be a data: address, which the policy refuses.
    assetsInlineLimit: 0,
    // The list of what each late page needs would stand in the first script: 1.2 kB for everybody, for one
    // round trip of a page that is opened.
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Many small files compress worse than two: the libraries, which seldom change, and ours.
          groups: [
            { name: 'libraries', tags: ['$initial'], test: /node_modules/, priority: 2 },
            { name: 'first', tags: ['$initial'], priority: 1 },
            // Shared by two late scripts, it would be a third one, without which neither comes.
            { name: 'first', test: /call\/features\/devices\.ts$/, priority: 1 },
          ],
        },
      },
    },
  },
})
