import type { Side } from '@naervaer/shared'
import type { CallSnapshot } from '../call/call-snapshot.ts'
import { describeElsewhere } from '../components/call-elsewhere.ts'
import { describeEnding } from '../components/call-ending.ts'
import { firstName, t } from '../texts/text.ts'
import type { View } from './view.ts'

/** What the window is called: the state it is in, then the app. */
export function describeTitle(view: View, snapshot: CallSnapshot): string {
  const page = describePage(view, snapshot)
  return page === null ? t('app.name') : t('app.title', { page })
}

function describePage(view: View, snapshot: CallSnapshot): string | null {
  switch (view) {
    case 'loading':
    case 'home':
    case 'missed':
      return null
    case 'trouble':
      return t('trouble.title')
    case 'demo':
      return t('demo.title')
    case 'pair':
      return t('pair.title')
    case 'pairAgain':
      return t('pair.again')
    case 'formerDevice':
      return t('former.title')
    case 'notices':
      return t('push.title')
    case 'devices':
      return t('pair.mine')
    case 'refused':
      return t('refused.title')
    case 'signIn':
      return t('signin.title')
    case 'invitation':
      return t('invite.page')
    case 'sessions':
      return t('sessions.title')
    case 'passkeys':
      return t('passkeys.title')
    case 'choice':
      return t('accept.titleNobody')
    case 'myChoices':
      return t('choices.title')
    case 'replaced':
      return t('replaced.title')
    case 'citizens':
      return t('staff.citizens')
    case 'week':
      return t('week.title')
    case 'team':
      return t('lead.title')
    case 'it':
      return t('it.title')
    case 'offers':
      return t('offers.title')
    case 'audit':
      return t('audit.title')
    case 'lookups':
      return t('mydata.who')
    case 'check':
      return t('help.title')
    case 'sound':
      return t('device.title')
    case 'practice':
      return t('practice.title')
    case 'about':
      return t('about.title')
    case 'noPage':
      return t('noPage.title')
    case 'noSuchPage':
      return t('lost.title')
    case 'incoming':
      return t('ring.title', { name: firstName(snapshot.counterpart?.name ?? '') })
    case 'call':
      return describeCall(snapshot)
  }
}

function describeCall({ phase, call, counterpart }: CallSnapshot): string | null {
  if (call === null || counterpart === null) return null
  const name = firstName(counterpart.name)
  const side: Side = counterpart.id === call.worker.id ? 'citizen' : 'worker'
  switch (phase) {
    case 'outgoing':
      return t('out.title', { name })
    case 'talking':
      return t('call.with', { name })
    case 'ended':
      return describeEnding(call, side).title
    case 'elsewhere':
      return describeElsewhere(call, side).title
    case 'vacant':
      return t('vacant.title', { name })
    case 'idle':
    case 'incoming':
      return null
  }
}
