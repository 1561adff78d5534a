import type { Person } from './browser.ts'
import type { TestScope } from './test-scope.ts'

/** A browser that the system has put to sleep, as a telephone does. */
export interface Sleeper {
  readonly wake: () => void
}

/**
 * Stops every process of a person's browser: none of its timers goes, and nobody answers for it, not even
 * a ping. It wakes at the latest with the end of the test.
 */
export async function putToSleep(t: TestScope, { browser }: Person): Promise<Sleeper> {
  const devtools = await browser.newBrowserCDPSession()
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo')
  await devtools.detach()
  // The browser's own process last: it watches over the others.
  const pids = processInfo
    .toSorted((one, other) => Number(one.type === 'browser') - Number(other.type === 'browser'))
    .map(({ id }) => id)
  let isAsleep = true
  for (const pid of pids) process.kill(pid, 'SIGSTOP')
  const wake = () => {
    if (!isAsleep) return
    isAsleep = false
    for (const pid of pids) process.kill(pid, 'SIGCONT')
  }
  t.teardown(wake)
  return { wake }
}
