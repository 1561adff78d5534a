import type { FastifyInstance } from 'fastify'
import type { PersonId } from '@naervaer/shared'
import { HttpPerson, ORIGIN } from './http-person.ts'

/** Signs in somebody of the demo by id: the names do not have everybody. */
export async function signInAs(app: FastifyInstance, personId: PersonId): Promise<HttpPerson> {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/demo/sign-in',
    headers: { origin: ORIGIN },
    payload: { personId },
  })
  if (answer.statusCode !== 204) throw new Error(`sign-in answered ${answer.statusCode}`)
  const cookies = answer.cookies.map(({ name, value }) => [name, value] as const)
  return new HttpPerson(app, Object.fromEntries(cookies))
}
