#!/usr/bin/env node
// What `npx naervaer` runs, on whatever Node the machine has: the sources need the project's own Node 24.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

/** The oldest Node that runs TypeScript sources as they are. */
const OLDEST_NODE = 24

const MAIN = new URL('../src/cli/main.ts', import.meta.url)
const NODE_24 = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url))

/** Hands over to the Node that the development dependency `node` brings, with its exit code. */
function handOver() {
  const child = spawn(NODE_24, [fileURLToPath(MAIN), ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  child.on('error', () => {
    process.stderr.write(
      `naervaer: Node ${process.versions.node} is too old, and Node ${String(OLDEST_NODE)} is not installed here: run npm rebuild node --ignore-scripts=false in the checkout.\n`,
    )
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal])
  })
}

if (Number(process.versions.node.split('.')[0]) >= OLDEST_NODE) await import(MAIN.href)
else handOver()
