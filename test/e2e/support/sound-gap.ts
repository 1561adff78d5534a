import type { Page } from 'playwright-core'

declare global {
  interface Window {
    /** When packets of the other side's sound had come, by `performance.now()`. */
    nvTestSound: { readonly at: number; readonly energy: number }[]
  }
}

/** Begins to note when sound of the other side arrives: packets, and the energy that they carry. */
export async function watchSound(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.nvTestSound = []
    let known = 0
    const look = async () => {
      let packets = 0
      let energy = 0
      for (const peer of window.nvTestPeers) {
        if (peer.connectionState === 'closed') continue
        const stats = await peer.getStats()
        for (const entry of stats.values() as Iterable<Record<string, unknown>>) {
          if (entry['type'] !== 'inbound-rtp' || entry['kind'] !== 'audio') continue
          packets += Number(entry['packetsReceived'] ?? 0)
          energy += Number(entry['totalAudioEnergy'] ?? 0)
        }
      }
      if (packets !== known) window.nvTestSound.push({ at: performance.now(), energy })
      known = packets
    }
    setInterval(() => void look(), 50)
  })
}

/** What has come of the other side's sound since an instant of the page's clock. */
export interface SoundSince {
  /** The longest time without a new packet, in milliseconds, up to now. */
  readonly longestGapMs: number
  /** Whether there was anything to hear in it. */
  readonly hasEnergy: boolean
}

export async function readSoundSince(page: Page, sinceMs: number): Promise<SoundSince> {
  return page.evaluate((since) => {
    const sound = window.nvTestSound
    const before = sound.findLast(({ at }) => at <= since)
    const after = sound.filter(({ at }) => at > since)
    const times = [before?.at ?? since, ...after.map(({ at }) => at), performance.now()]
    return {
      longestGapMs: Math.max(...times.slice(1).map((at, n) => at - (times[n] ?? at))),
      hasEnergy: (after.at(-1)?.energy ?? 0) > (before?.energy ?? 0),
    }
  }, sinceMs)
}
