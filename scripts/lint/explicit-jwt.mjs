import { relative, sep } from 'node:path'
import { ROOT } from '../lib/run.mjs'

/** What every verification must say for itself: a default that changes must not open a door. */
const NEEDED = ['algorithms', 'issuer', 'audience', 'maxTokenAge', 'clockTolerance']
/** One of these tells tokens of one kind from those of another. */
const KIND = ['typ', 'requiredClaims']
/** Functions that read a token without verifying it, or take one that is not signed at all. */
const UNVERIFIED = ['decodeJwt', 'UnsecuredJWT']
const VERIFIERS = ['jwtVerify', 'jwtDecrypt']
const MAX_TOLERANCE_SECONDS = 60

/** @param {any} options - the third argument of jwtVerify @returns {string | undefined} */
function findFault(options) {
  if (options?.type !== 'ObjectExpression') return 'write the options out where it is called'
  const { properties } = options
  if (properties.some((/** @type {any} */ each) => each.type !== 'Property')) {
    return 'write the options out, without spreading others into them'
  }
  /** @type {Map<string, any>} */
  const given = new Map(
    properties.map((/** @type {any} */ each) => [each.key.name ?? each.key.value, each.value]),
  )
  const missing = NEEDED.find((name) => !given.has(name))
  if (missing !== undefined) return `say ${missing}`
  if (!KIND.some((name) => given.has(name))) return `say ${KIND.join(' or ')}`
  const tolerance = given.get('clockTolerance')?.value
  if (typeof tolerance === 'string' || Number(tolerance ?? 0) > MAX_TOLERANCE_SECONDS) {
    return `let clockTolerance be seconds up to ${String(MAX_TOLERANCE_SECONDS)}`
  }
  return undefined
}

/**
 * ESLint rule: no token is believed that was not verified with everything said (criterion S-02).
 * Tests may read tokens as they like.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const explicitJwt = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      unverified: '{{name}} reads a token that nobody has verified; use jwtVerify.',
      vague: '{{name}}: {{fault}}.',
    },
  },
  create(context) {
    const from = relative(ROOT, context.filename).split(sep).join('/')
    if (from.startsWith('test/')) return {}
    /** Local names of what comes from jose. @type {Map<string, string>} */
    const local = new Map()
    const reportName = (/** @type {any} */ node, /** @type {string} */ name) =>
      UNVERIFIED.includes(name) && context.report({ node, messageId: 'unverified', data: { name } })
    return {
      ImportDeclaration(/** @type {any} */ node) {
        if (node.source.value !== 'jose') return
        for (const each of node.specifiers) {
          // All of jose under one name would hide which of its functions is called.
          const name = each.imported?.name ?? 'everything of jose'
          if (each.imported === undefined) {
            context.report({
              node: each,
              messageId: 'vague',
              data: { name, fault: 'import by name' },
            })
          }
          local.set(each.local.name, name)
          reportName(each, name)
        }
      },
      ExportNamedDeclaration(/** @type {any} */ node) {
        if (node.source?.value !== 'jose') return
        for (const each of node.specifiers) reportName(each, each.local.name)
      },
      CallExpression(/** @type {any} */ node) {
        const name = local.get(node.callee.name) ?? ''
        if (!VERIFIERS.includes(name)) return
        const fault = findFault(node.arguments[2])
        if (fault !== undefined) context.report({ node, messageId: 'vague', data: { name, fault } })
      },
    }
  },
}
