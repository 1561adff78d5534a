import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A certificate and its key, in PEM. */
export interface Certificate {
  readonly cert: string
  readonly key: string
}

export interface CertificateOptions {
  /** As openssl writes them: `DNS:localhost`, `IP:203.0.113.10`. */
  readonly names: readonly string[]
  /** Negative for one that has run out. */
  readonly days: number
}

/** An authority of a test's own, which signs certificates in a folder of the test's. */
export class TestAuthority {
  readonly #folder: string
  #made = 0

  constructor(folder: string) {
    this.#folder = folder
    const key = [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      'ca.key',
    ]
    this.#openssl('req', '-x509', ...key, '-out', 'ca.pem', '-days', '90', '-subj', '/CN=Test')
  }

  /** What has to be trusted, in PEM. */
  get ca(): string {
    return readFileSync(this.caFile, 'utf8')
  }

  get caFile(): string {
    return join(this.#folder, 'ca.pem')
  }

  issue({ names, days }: CertificateOptions): Certificate {
    this.#made += 1
    const name = `made-${this.#made}`
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
    this.#openssl(
      'req',
      '-new',
      ...key,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
      '-subj',
      '/CN=x',
    )
    writeFileSync(join(this.#folder, `${name}.ext`), `subjectAltName=${names.join(',')}\n`)
    const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', `${name}.ext`]
    const files = ['-in', `${name}.csr`, '-out', `${name}.pem`]
    this.#openssl('x509', '-req', ...files, ...by, '-days', String(days))
    const read = (end: string) => readFileSync(join(this.#folder, `${name}.${end}`), 'utf8')
    return { cert: read('pem'), key: read('key') }
  }

  #openssl(...args: string[]): void {
    execFileSync('openssl', args, { cwd: this.#folder, stdio: 'pipe' })
  }
}
