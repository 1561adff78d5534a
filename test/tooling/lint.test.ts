import { fileURLToPath } from 'node:url'
import { ESLint } from 'eslint'
import t from 'tap'
import tseslint from 'typescript-eslint'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

// The files of the table do not exist, so the rules that ask the compiler are left out here.
const eslint = new ESLint({ cwd: ROOT, overrideConfig: [tseslint.configs.disableTypeChecked] })

async function findRules(filePath: string, code: string): Promise<(string | null)[]> {
  const results = await eslint.lintText(`${code}\n`, { filePath: `${ROOT}${filePath}` })
  return results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId))
}

const DIRECTIONS = 'naervaer/import-directions'
const JWT = 'naervaer/explicit-jwt'

/** A verification with these options. */
const verify = (options: string) =>
  `import { jwtVerify } from 'jose'\nexport const a = (b, c) => jwtVerify(b, c${options})`
const FULL = "algorithms: ['ES256'], issuer: 'i', audience: 'a', maxTokenAge: 60, typ: 'x'"

const FORBIDDEN: readonly (readonly [file: string, code: string, rule: string])[] = [
  ['shared/src/x.ts', "export * from '../../server/src/app.ts'", DIRECTIONS],
  ['shared/src/x.ts', "export * from 'node:crypto'", DIRECTIONS],
  ['shared/src/x.ts', 'export const now = () => Date.now()', 'no-restricted-globals'],
  ['shared/src/x.ts', 'export const one = () => Math.random()', 'no-restricted-properties'],
  ['server/src/calls/x.ts', "export * from '../../../client/src/call/x.ts'", DIRECTIONS],
  ['server/src/calls/x.ts', "export * from '@naervaer/client/src/x.ts'", DIRECTIONS],
  ['client/src/pages/x.ts', "export * from '../../../server/src/config.ts'", DIRECTIONS],
  ['client/src/pages/x.ts', "export type { A } from '@naervaer/server'", DIRECTIONS],
  ['server/src/calls/x.ts', "export * from '../../../migrations/0001-people.ts'", DIRECTIONS],
  ['server/src/main.ts', "export * from '../../migrations/0001-people.ts'", DIRECTIONS],
  ['server/src/config.ts', "export * from './plugins/clock.ts'", DIRECTIONS],
  ['server/src/plugins/clock.ts', "export * from '../calls/service.ts'", DIRECTIONS],
  ['server/src/calls/x.ts', "export * from '../app.ts'", DIRECTIONS],
  ['server/src/app.ts', "export * from './main.ts'", DIRECTIONS],
  ['server/src/calls/x.ts', "export * from '../people/repository.ts'", DIRECTIONS],
  ['server/src/calls/x.ts', "import type { A } from '../people/repository.ts'", DIRECTIONS],
  ['server/src/calls/x.ts', 'export const a = process.env.A', 'no-restricted-properties'],
  ['server/src/calls/x.ts', "export { env } from 'node:process'", 'no-restricted-imports'],
  ['client/src/services/x.ts', "export * from '../call/call-session.ts'", DIRECTIONS],
  ['client/src/call/x.ts', "export * from '../components/nv-x.ts'", DIRECTIONS],
  ['client/src/components/x.ts', "export * from '../pages/nv-x.ts'", DIRECTIONS],
  ['client/src/pages/x.ts', "export const x = import('../app/nv-app.ts')", DIRECTIONS],
  ['client/src/app/x.ts', "export * from '../main.ts'", DIRECTIONS],
  ['client/src/call/x.ts', "import Peer from 'simple-peer'", DIRECTIONS],
  ['client/src/call/x.ts', "import Peer from 'simple-peer/simplepeer.min.js'", DIRECTIONS],
  ['client/src/call/x.ts', "import u from 'simple-peer/simplepeer.min.js?url'", DIRECTIONS],
  ['client/src/call/link/peer-script.ts', "import Peer from 'simple-peer'", DIRECTIONS],
  ['client/src/pages/x.ts', "export { unsafeCSS } from 'lit'", 'no-restricted-imports'],
  [
    'client/src/pages/x.ts',
    "import { unsafeHTML } from 'lit/directives/unsafe-html.js'",
    'no-restricted-imports',
  ],
  ['client/src/pages/x.ts', "document.body.innerHTML = 'x'", 'no-restricted-properties'],
  ['server/src/main.ts', "export * from '../../test/helpers/x.ts'", DIRECTIONS],
  ['server/src/oidc/x.ts', "import { decodeJwt } from 'jose'", JWT],
  ['server/src/oidc/x.ts', "import { decodeJwt as read } from 'jose'", JWT],
  ['server/src/oidc/x.ts', "export { decodeJwt } from 'jose'", JWT],
  ['server/src/oidc/x.ts', "import * as jose from 'jose'", JWT],
  ['server/src/oidc/x.ts', "import { UnsecuredJWT } from 'jose'", JWT],
  ['server/src/oidc/x.ts', verify(''), JWT],
  ['server/src/oidc/x.ts', verify(', {}'), JWT],
  ['server/src/oidc/x.ts', verify(', options'), JWT],
  ['server/src/oidc/x.ts', verify(', { ...options }'), JWT],
  ['server/src/oidc/x.ts', verify(`, { ${FULL} }`), JWT],
  ['server/src/oidc/x.ts', verify(`, { ${FULL}, clockTolerance: 61 }`), JWT],
  ['server/src/oidc/x.ts', verify(`, { ${FULL}, clockTolerance: '2 minutes' }`), JWT],
  ...['algorithms', 'issuer', 'audience', 'maxTokenAge', 'typ'].map(
    (name) =>
      [
        'server/src/pairing/x.ts',
        verify(`, { ${FULL.replace(`${name}:`, 'subject:')}, clockTolerance: 30 }`),
        JWT,
      ] as const,
  ),
]

const ALLOWED: readonly [file: string, code: string][] = [
  ['shared/src/call/x.ts', "export * from '../ids.ts'"],
  ['server/src/main.ts', "export * from './app.ts'"],
  ['server/src/app.ts', "export * from './calls/plugin.ts'"],
  ['server/src/calls/x.ts', "export * from './repository.ts'"],
  ['server/src/calls/x.ts', "export * from '../presence/hub.ts'"],
  ['server/src/calls/x.ts', "export * from '../plugins/clock.ts'"],
  ['server/src/calls/x.ts', "export * from '@naervaer/shared'"],
  ['server/src/database/migrate.ts', "export * from '../../../migrations/0001-people.ts'"],
  ['server/src/config.ts', 'export const a = process.env.A'],
  ['client/src/pages/x.ts', "export * from '../app/contexts.ts'"],
  ['client/src/controllers/x.ts', "export * from '../call/call-session.ts'"],
  ['client/src/pages/x.ts', "export * from '../texts/text.ts'"],
  ['client/src/call/link/peer-link.ts', "export * from 'simple-peer/simplepeer.min.js'"],
  ['client/src/call/link/peer-script.ts', "export * from 'simple-peer/simplepeer.min.js?url'"],
  ['test/server/x.test.ts', "export * from '../../server/src/app.ts'"],
  ['server/src/oidc/x.ts', verify(`, { ${FULL}, clockTolerance: 30 }`)],
  ['server/src/oidc/x.ts', verify(`, { ${FULL}, clockTolerance: TOLERANCE_SECONDS }`)],
  ['test/server/x.test.ts', "export { decodeJwt } from 'jose'"],
]

t.test('an import or name the map forbids makes lint fail', async (t) => {
  for (const [file, code, rule] of FORBIDDEN) {
    t.ok((await findRules(file, code)).includes(rule), `${file}: ${code}`)
  }
})

t.test('imports along the arrows pass', async (t) => {
  for (const [file, code] of ALLOWED) t.same(await findRules(file, code), [], `${file}: ${code}`)
})
