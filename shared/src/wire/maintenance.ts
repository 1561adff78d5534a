import * as Type from 'typebox'
import { UnixMsSchema } from '../time.ts'
import { closedObject } from './envelope.ts'

/** IT works on the system: nobody is rung meanwhile, and talks go on. */
export const MaintenanceSchema = Type.Union([
  closedObject({
    /** When it is expected to be over; null where that is not known, or has gone by. */
    until: Type.Union([UnixMsSchema, Type.Null()]),
  }),
  Type.Null(),
])
export type Maintenance = Type.Static<typeof MaintenanceSchema>

/** Sent to everybody who is connected. */
export const MaintenanceChangedSchema = closedObject({
  type: Type.Literal('maintenance.changed'),
  maintenance: MaintenanceSchema,
})
