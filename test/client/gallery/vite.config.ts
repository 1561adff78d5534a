import { resolve } from 'node:path'
import { defineConfig } from 'vite'

/** The gallery: the client's real elements with made-up services, built as the client is. */
export default defineConfig({
  root: resolve(import.meta.dirname, '../../..'),
  build: {
    target: 'es2022',
    write: false,
    rolldownOptions: {
      input: resolve(import.meta.dirname, 'index.html'),
      // One file instead of eighty: a page that is opened some hundred times is there sooner.
      output: { codeSplitting: false },
    },
    // An inlined asset would be a data: address, which the policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
})
