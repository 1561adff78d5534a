import { ROLES, type StaffRole } from '@naervaer/shared'

/**
 * Reads the roles that the provider gives somebody.
 *
 * @param path - the claim's own name, or names with dots between for one inside another
 * @returns in the order of `ROLES`; none where no value is in the map
 */
export function readRoles(
  claims: Readonly<Record<string, unknown>>,
  path: string,
  map: ReadonlyMap<string, readonly StaffRole[]>,
): StaffRole[] {
  const found = new Set(listTexts(findClaim(claims, path)).flatMap((name) => map.get(name) ?? []))
  return ROLES.filter((role): role is StaffRole => role !== 'citizen' && found.has(role))
}

/** Names of claims may be addresses with dots in them, so the whole name comes first. */
function findClaim(claims: Readonly<Record<string, unknown>>, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path]
  let value: unknown = claims
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = Reflect.get(value, name)
  }
  return value
}

function listTexts(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value]
  return values.filter((each) => typeof each === 'string')
}
