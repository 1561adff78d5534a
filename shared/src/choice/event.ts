import type { UnixMs } from '../time.ts'

/** Who says it: the citizen, or a member of staff who heard the citizen say it. */
export type ChoiceVoice = 'citizen' | 'staff'

/** Everything that can happen to a choice. Who may say it has been checked before. */
export type ChoiceEvent =
  /** A person of the staff asks. */
  | { readonly type: 'offer' }
  /** "Ja tak", to the text of this version. */
  | { readonly type: 'accept'; readonly by: ChoiceVoice; readonly textVersion: number }
  | { readonly type: 'decline' }
  | { readonly type: 'later' }
  /** "Hold pause". */
  | { readonly type: 'pause'; readonly until: UnixMs }
  /** "Fortsæt igen". */
  | { readonly type: 'resume' }
  /** "Jeg vil ikke have flere videosamtaler". */
  | { readonly type: 'withdraw' }
  /** The first conversation has come about. */
  | { readonly type: 'begin' }
