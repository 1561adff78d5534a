import { resolve } from 'node:path'
import { defineConfig } from 'vite'

/** The gallery: the client's real elements with made-up services, and no server. */
export default defineConfig({
  root: resolve(import.meta.dirname, '../../..'),
  cacheDir: resolve(import.meta.dirname, '../../../.build/gallery-cache'),
  server: {
    host: '127.0.0.1',
    hmr: false,
    watch: null,
  },
  optimizeDeps: {
    // Named, so that none is found late and reloads a page under test.
    include: ['lit', 'lit/decorators.js', 'lit/directives/repeat.js', '@lit/context'],
  },
})
