import type { SessionReply } from '@naervaer/shared'
import { html, type TemplateResult } from 'lit'
import { t } from '../texts/text.ts'
// Where the elements below come from: the check of templates looks for them there.
import './pages.ts'
import type { View } from './view.ts'

/** What pages are told by the app. */
export interface AboutPage {
  /** Null while it is not known. */
  readonly session: SessionReply | null
  /** Whoever was signed in has been signed out without having asked for it. */
  readonly isEnded: boolean
  /** This browser is a citizen's own device. */
  readonly isDevice: boolean
  /** The citizen has stopped using video calls. */
  readonly isStopped: boolean
  /** Whose ring has just been declined. */
  readonly declined: string | null
}

/** The page that fills the window, a ring apart. */
export function renderPage(view: Exclude<View, 'incoming'>, about: AboutPage): TemplateResult {
  const { you = null, roles = [], dutyPhone = null } = about.session ?? {}
  switch (view) {
    case 'loading':
      return html`<p class="loading" role="status">${t('app.loading')}</p>`
    case 'trouble':
      // Its script may be what could not be had.
      if (customElements.get('nv-trouble-page') !== undefined)
        return html`<nv-trouble-page></nv-trouble-page>`
      return html`<nv-plain-page
        .reason=${navigator.onLine ? 'server' : 'offline'}
      ></nv-plain-page>`
    case 'replaced':
      return html`<nv-plain-page reason="replaced"></nv-plain-page>`
    case 'refused':
      return html`<nv-refused-page></nv-refused-page>`
    case 'signIn':
      return html`<nv-sign-in-page
        .dutyPhone=${dutyPhone}
        .isEnded=${about.isEnded}
      ></nv-sign-in-page>`
    case 'invitation':
      return html`<nv-invitation-page></nv-invitation-page>`
    case 'sessions':
      return html`<nv-sessions-page></nv-sessions-page>`
    case 'passkeys':
      return html`<nv-passkeys-page></nv-passkeys-page>`
    case 'pair':
      return html`<nv-pair-page></nv-pair-page>`
    case 'pairAgain':
      return html`<nv-pair-page .isAgain=${true} .dutyPhone=${dutyPhone}></nv-pair-page>`
    case 'formerDevice':
      return html`<nv-former-device-page
        .isStopped=${about.isStopped}
        .dutyPhone=${dutyPhone}
      ></nv-former-device-page>`
    case 'devices':
      return html`<nv-devices-page></nv-devices-page>`
    case 'demo':
      return html`<nv-demo-page .you=${you}></nv-demo-page>`
    case 'notices':
      return html`<nv-notices-page></nv-notices-page>`
    case 'missed':
      return html`<nv-missed-page></nv-missed-page>`
    case 'home':
      return html`<nv-citizen-home-page
        .declined=${about.declined}
        .dutyPhone=${dutyPhone}
      ></nv-citizen-home-page>`
    case 'choice':
      return html`<nv-choice-page></nv-choice-page>`
    case 'myChoices':
      return html`<nv-my-choices-page .isDevice=${about.isDevice}></nv-my-choices-page>`
    case 'citizens':
      return html`<nv-citizens-page .roles=${roles}></nv-citizens-page>`
    case 'week':
      return html`<nv-week-page .roles=${roles}></nv-week-page>`
    case 'team':
      return html`<nv-leader-page .you=${you} .roles=${roles}></nv-leader-page>`
    case 'it':
      return html`<nv-it-page .you=${you} .roles=${roles}></nv-it-page>`
    case 'offers':
      return html`<nv-authority-page .you=${you} .roles=${roles}></nv-authority-page>`
    case 'audit':
      return html`<nv-auditor-page .you=${you} .roles=${roles}></nv-auditor-page>`
    case 'lookups':
      return html`<nv-lookups-page></nv-lookups-page>`
    case 'sound':
      return html`<nv-sound-page></nv-sound-page>`
    case 'check':
      return html`<nv-check-page .roles=${roles}></nv-check-page>`
    case 'practice':
      return html`<nv-practice-page .roles=${roles}></nv-practice-page>`
    case 'about':
      return html`<nv-about-page .roles=${roles}></nv-about-page>`
    case 'noPage':
      return html`<nv-plain-page reason="noPage"></nv-plain-page>`
    case 'noSuchPage':
      return html`<nv-plain-page reason="noSuchPage"></nv-plain-page>`
    case 'call':
      return html`<nv-call-page></nv-call-page>`
  }
}
