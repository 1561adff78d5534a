import fp from 'fastify-plugin'
import { SignInMethods } from './methods.ts'

declare module 'fastify' {
  interface FastifyInstance {
    signInMethods: SignInMethods
  }
}

/** How members of staff prove who they are. Owns the list of ways in. */
export const signInPlugin = fp(
  // eslint-disable-next-line @typescript-eslint/require-await -- Fastify takes async plugins
  async (app) => {
    app.decorate('signInMethods', new SignInMethods())
  },
  { name: 'sign-in', dependencies: ['accounts'] },
)
