import type { FastifyInstance } from 'fastify'
import { buildApp } from './app.ts'
import { BackupError } from './backup/backup-error.ts'
import { limitNameQuestions, readConfig, type Config } from './config.ts'
import { watchNetwork } from './health/watch-network.ts'
import { StartError } from './start-error.ts'

/** Connections the kernel may keep waiting: a whole municipality comes back at once after a restart. */
const LISTEN_BACKLOG = 8_192

/** Sockets and requests have had their time by then. */
const STOP_LIMIT_MS = 20_000

async function main(): Promise<void> {
  // Calls must not end because whoever read the log has gone.
  process.stdout.on('error', () => undefined)
  limitNameQuestions()
  const config = readConfig()
  const app = await buildApp({ config })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop(app))
  }
  try {
    await app.listen({
      port: config.port,
      host: config.host,
      backlog: LISTEN_BACKLOG,
      listenTextResolver: () => 'listening',
    })
    watchNetwork(app, config)
  } catch (error) {
    await app.close()
    throw error
  }
  printAddresses(config)
}

/**
 * Ends in order, and in time: whoever stops a container kills it after half a minute.
 */
async function stop(app: FastifyInstance): Promise<void> {
  app.log.info('stopping')
  const lastResort = setTimeout(() => {
    app.log.error('stopping took too long')
    process.exit(1)
  }, STOP_LIMIT_MS)
  await app.close()
  clearTimeout(lastResort)
  // What is still asked over the network would keep the process for as long as nobody answers.
  process.exit(0)
}

/** The first line is for people and scripts alike; its form stays. */
function printAddresses({ publicUrl, origins, isDemo }: Config): void {
  const lines = [`Nærvær: ${publicUrl}`]
  if (isDemo) {
    lines.push(`  As a worker:  ${publicUrl}/demo`)
    const twin = origins.find((origin) => origin !== publicUrl)
    lines.push(
      twin === undefined
        ? `  As a citizen: ${publicUrl}/demo (in another browser or a private window)`
        : `  As a citizen: ${twin}/demo (in a second window of the same browser)`,
    )
  }
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** What went wrong, in one line that says what to change. */
function describe(error: unknown): string {
  if (error instanceof StartError || error instanceof BackupError) return error.message
  if (!(error instanceof Error)) return 'the server could not start.'
  const code = 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    const port = 'port' in error ? ` ${String(error.port)}` : ''
    return `PORT${port} is already in use. Stop the other program, or choose another: PORT=8081.`
  }
  if (code === 'EACCES') return 'PORT or DATA_DIR is not allowed for this user.'
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return 'HOST is not an address of this machine.'
  return `the server could not start: ${error.message.split('\n')[0] ?? ''}`
}

try {
  await main()
} catch (error) {
  process.stderr.write(`Nærvær: ${describe(error)}\n`)
  process.exitCode = 1
}
