import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout this script belongs to, without a slash at its end. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

/** The Node 24 that the development dependency `node` brings. */
export const NODE_24 = join(ROOT, 'node_modules', '.bin', 'node')

/**
 * The environment in which a project tool runs: Node 24 and the local tools come first.
 *
 * @param {NodeJS.ProcessEnv} extra
 * @returns {NodeJS.ProcessEnv}
 */
export function toolEnvironment(extra = {}) {
  const path = `${join(ROOT, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`
  return { ...process.env, PATH: path, ...extra }
}

/**
 * Runs a program in the checkout and waits for its end.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, output?: 'show' | 'keep' | 'both' }} [options] - keep: for the result only
 * @returns {Promise<{ code: number, output: string }>} 127 when the program does not exist
 */
export function run(program, args, { env = toolEnvironment(), output: wish = 'show' } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      env,
      stdio: wish === 'show' ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const keep = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString()
      if (wish === 'both') process.stdout.write(chunk)
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    child.on('error', (error) => {
      resolve({ code: 127, output: error.message })
    })
    child.on('close', (code, signal) => {
      resolve({ code: code ?? (signal === null ? 1 : 128), output })
    })
  })
}

/**
 * The line of a failed program's output that says most: npm's error lines first, else the last one.
 *
 * @param {string} output
 * @returns {string}
 */
export function tellingLine(output) {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const errors = lines.filter((line) =>
    /^npm (error|ERR!) (?!code|errno|A complete log)/.test(line),
  )
  return (errors[0] ?? lines.at(-1) ?? 'no output').replace(/^npm (error|ERR!) /, '').trim()
}
