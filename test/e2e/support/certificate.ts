import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { makeTempFolder } from './temp-folder.ts'
import type { TestScope } from './test-scope.ts'

const execute = promisify(execFile)

/** Files for `TLS_CERT` and `TLS_KEY`. */
export interface TestCertificate {
  readonly certFile: string
  readonly keyFile: string
}

/** Makes a certificate for one address that nobody has signed: browsers need to be told not to mind. */
export async function makeCertificate(t: TestScope, address: string): Promise<TestCertificate> {
  const folder = await makeTempFolder(t, 'tls')
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', keyFile]
  const subject = ['-subj', `/CN=${address}`, '-addext', `subjectAltName=IP:${address}`]
  await execute('openssl', ['req', '-x509', ...key, '-out', certFile, '-days', '2', ...subject])
  return { certFile, keyFile }
}
