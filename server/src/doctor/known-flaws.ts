/** A version that should not be run any more, as it was known at the release. */
export interface KnownFlaw {
  readonly program: 'node' | 'sqlite'
  /** The line of versions it is about, such as `24`; every one where there is none. */
  readonly line?: string
  /** The first without it. */
  readonly fixedIn: string
  readonly id: string
}

/**
 * Gone through anew with each release: https://nodejs.org/en/blog/vulnerability and
 * https://www.sqlite.org/cves.html. coturn tells nobody its version (coturn.conf), so its own are
 * looked for by what it does: check 7 finds the gap of CVE-2026-27624.
 */
export const KNOWN_FLAWS: readonly KnownFlaw[] = [
  { program: 'node', line: '20', fixedIn: '20.20.0', id: 'CVE-2025-55130' },
  { program: 'node', line: '22', fixedIn: '22.22.0', id: 'CVE-2025-55130' },
  { program: 'node', line: '24', fixedIn: '24.13.0', id: 'CVE-2025-55130' },
  { program: 'node', line: '25', fixedIn: '25.3.0', id: 'CVE-2025-55130' },
  { program: 'sqlite', fixedIn: '3.50.2', id: 'CVE-2025-6965' },
]
