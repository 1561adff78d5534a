import * as Type from 'typebox'

/** The citizen's own worker, or somebody who stands in for a time. */
export const AssignmentKindSchema = Type.Union([
  Type.Literal('primary'),
  Type.Literal('substitute'),
])
export type AssignmentKind = Type.Static<typeof AssignmentKindSchema>
