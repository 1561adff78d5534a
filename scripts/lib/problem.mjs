/**
 * A problem the person at the keyboard can do something about: shown as one line, without a stack.
 */
export class Problem extends Error {}

/**
 * Runs a script's main function; a Problem ends the process with its line and code 1.
 *
 * @param {() => Promise<number | undefined>} main - returns the exit code, 0 when undefined
 * @returns {Promise<void>}
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    console.error(`Nærvær: ${error.message}`)
    process.exitCode = 1
  }
}
