import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ReminderWishSchema } from '@naervaer/shared/push'
import { getSession } from '../administration/require-session.ts'
import type {} from './plugin.ts'

/** Whether a citizen would like a reminder the day before as well. */
export const reminderRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/api/reminders',
    { config: { serves: ['citizen'] }, schema: { body: ReminderWishSchema } },
    async (request, reply) => {
      await app.reminders.setWish(getSession(request).person.id, request.body.dayBefore)
      return reply.code(204).send()
    },
  )
}
