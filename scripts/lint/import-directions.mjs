import { builtinModules } from 'node:module'
import { posix, relative, sep } from 'node:path'
import { ROOT } from '../lib/run.mjs'

/** Which of our top-level folders a folder may import, itself included. */
const FOLDERS = {
  shared: ['shared'],
  server: ['server', 'shared', 'migrations'],
  client: ['client', 'shared'],
  migrations: ['migrations'],
  test: ['test', 'shared', 'server', 'client', 'migrations'],
  scripts: ['scripts'],
}

/** Layers inside a part, highest first: a file imports its own layer or lower ones. */
const SERVER_LAYERS = [
  /^server\/src\/main\.ts$/,
  /^server\/src\/app\.ts$/,
  // Rooms: every folder that is none of those below.
  /^server\/src\/(?!plugins\/|database\/)[^/]+\//,
  /^server\/src\/plugins\//,
  /^server\/src\/database\//,
  /^server\/src\//,
]
const CLIENT_LAYERS = [
  /^client\/src\/(main\.ts$|service-worker\/(?!messages\.ts$))/,
  // The context keys lie in app but are what pages and components get shared objects by.
  /^client\/src\/app\/(?!contexts\.ts$)/,
  // A room of pages, and what belongs to them.
  /^client\/src\/(pages|device-check|device-desk|practice|week)\//,
  /^client\/src\/components\//,
  /^client\/src\/(app\/contexts\.ts$|controllers\/|call\/)/,
  /^client\/src\/services\//,
  // Texts, styles and whatever else stands at the bottom.
  /^client\/src\//,
]

/** The one file that may know simple-peer, and the one that may know where its bundle lies. */
const PEER_LINK = 'client/src/call/link/peer-link.ts'
const PEER_SCRIPT = 'client/src/call/link/peer-script.ts'

/** The one file that takes the pages of the error codes into the app. */
const CODE_FILES = 'client/src/device-desk/code-files.ts'

/**
 * @param {string} specifier
 * @param {string} from - the importing file, from the root
 * @returns {string | undefined} the imported file from the root, undefined when it is none of ours
 */
function resolveOurs(specifier, from) {
  const bare = specifier.replace(/[?#].*$/, '')
  if (bare.startsWith('.')) return posix.normalize(posix.join(posix.dirname(from), bare))
  const own = /^@naervaer\/(shared|server|client)(?:\/(.*))?$/.exec(bare)
  return own === null ? undefined : `${String(own[1])}/${own[2] ?? 'src/index.ts'}`
}

/** @param {string} path @param {readonly RegExp[]} layers */
const layerOf = (path, layers) => layers.findIndex((layer) => layer.test(path))

/** @param {string} path - the room of a server file, undefined outside the rooms */
const roomOf = (path) => /^server\/src\/([^/]+)\//.exec(path)?.[1]

/**
 * @param {string} from
 * @param {string} to
 * @returns {string | undefined} why the import is forbidden
 */
function forbiddenBetween(from, to) {
  const [fromFolder = '', toFolder = ''] = [from.split('/')[0], to.split('/')[0]]
  const allowed = Object.entries(FOLDERS).find(([folder]) => folder === fromFolder)?.[1]
  const isCodePage = from === CODE_FILES && /^docs\/codes\/[A-Z]\d\.md$/.test(to)
  if (allowed !== undefined && !allowed.includes(toFolder) && !isCodePage) {
    return `${fromFolder} may not import ${toFolder}`
  }
  const isMigrations = toFolder === 'migrations' && fromFolder === 'server'
  if (isMigrations && !from.startsWith('server/src/database/')) {
    return 'only server/src/database imports migrations'
  }
  for (const layers of [SERVER_LAYERS, CLIENT_LAYERS]) {
    const [fromLayer, toLayer] = [layerOf(from, layers), layerOf(to, layers)]
    if (fromLayer !== -1 && toLayer !== -1 && toLayer < fromLayer) {
      return 'imports go downwards only (main, app, rooms or pages, and so on)'
    }
  }
  const isRepository = /^server\/src\/[^/]+\/(.*[-/])?repository\.ts$/.test(to)
  if (isRepository && roomOf(from) !== roomOf(to) && from.startsWith('server/')) {
    return `the repository of ${String(roomOf(to))} belongs to that room alone`
  }
  return undefined
}

/**
 * @param {string} specifier
 * @param {string} from - the importing file, from the root
 * @returns {string | undefined} why the import is forbidden
 */
function whyForbidden(specifier, from) {
  const to = resolveOurs(specifier, from)
  if (to !== undefined) return forbiddenBetween(from, to)
  const isSimplePeer = /^simple-peer(\/|$)/.test(specifier)
  const isAddress = specifier.endsWith('?url') && from === PEER_SCRIPT
  if (isSimplePeer && from !== PEER_LINK && !isAddress)
    return `only ${PEER_LINK} imports simple-peer`
  const isNode = specifier.startsWith('node:') || builtinModules.includes(specifier)
  if (isNode && /^(shared|client\/src)\//.test(from)) return 'this part does not run on Node alone'
  return undefined
}

/**
 * ESLint rule: imports follow the map of the project (see CONTRIBUTING).
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const importDirections = {
  meta: { type: 'problem', schema: [], messages: { forbidden: '{{specifier}}: {{why}}.' } },
  create(context) {
    const from = relative(ROOT, context.filename).split(sep).join('/')
    const check = (/** @type {any} */ node) => {
      const source = node.source ?? node.argument?.literal ?? node.argument
      const specifier = source?.value
      if (typeof specifier !== 'string') return
      const why = whyForbidden(specifier, from)
      if (why !== undefined) {
        context.report({ node: source, messageId: 'forbidden', data: { specifier, why } })
      }
    }
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      TSImportType: check,
    }
  },
}
