import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { Problem } from '../problem.mjs'
import { run, tellingLine } from '../run.mjs'

/**
 * Runs a program that must succeed.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<string>} what it printed
 */
export async function must(program, args, env = process.env) {
  const { code, output } = await run(program, args, { env, output: 'keep' })
  if (code === 0) return output
  const command = [program, ...args.slice(0, 3)].join(' ')
  throw new Problem(`${command} ended with ${String(code)}: ${tellingLine(output)}`)
}

/**
 * Starts a program that stays, with its output in a file. It gets SIGTERM also when this process is killed.
 *
 * @param {readonly string[]} command
 * @param {{ env: NodeJS.ProcessEnv, log: string }} options
 */
export function startLasting(command, { env, log }) {
  const output = createWriteStream(log)
  const child = spawn('setpriv', ['--pdeathsig', 'TERM', ...command], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.pipe(output)
  child.stderr.pipe(output)
  const ended = once(child, 'close')
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  return {
    hasEnded,
    /** Asks it to end, and makes it end after a while. */
    end: async () => {
      if (hasEnded()) return
      child.kill('SIGTERM')
      const lastResort = setTimeout(() => child.kill('SIGKILL'), 20_000)
      await ended
      clearTimeout(lastResort)
    },
  }
}

/**
 * @param {string} what - completes the sentence "… did not come"
 * @param {() => Promise<boolean>} condition
 * @param {number} limitMs
 */
export async function until(what, condition, limitMs) {
  const giveUpAt = Date.now() + limitMs
  while (!(await condition())) {
    if (Date.now() > giveUpAt) throw new Problem(`${what} did not come in ${String(limitMs)} ms.`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
