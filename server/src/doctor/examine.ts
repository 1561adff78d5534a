import { describeError, failure, type Check, type DoctorContext, type Finding } from './check.ts'

/** What one check found. */
export interface Examined {
  readonly check: Check
  readonly findings: readonly Finding[]
}

/** Does one check after the other: those of the relay would disturb each other's packets. */
export async function examine(
  checks: readonly Check[],
  context: DoctorContext,
): Promise<Examined[]> {
  const examined: Examined[] = []
  for (const check of checks) examined.push({ check, findings: await tryCheck(check, context) })
  return examined
}

async function tryCheck(check: Check, context: DoctorContext): Promise<readonly Finding[]> {
  try {
    return await check.run(context)
  } catch (error) {
    const why = describeError(error)
    return [
      failure(
        'CHECK_FAILED',
        { da: `Kontrollen gik i stykker (${why}).`, en: `The check itself broke (${why}).` },
        { da: 'Meld det til projektet.', en: 'Tell the project.' },
      ),
    ]
  }
}
