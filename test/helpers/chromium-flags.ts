/** Playwright's own, which a second switch of the same name would replace. */
const OF_PLAYWRIGHT = [
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
] as const

/** Two pages behind the address bar, which nobody sees: drawing them takes longer than most of ours. */
const OMNIBOX = ['WebUIOmniboxAimPopup', 'WebUIOmniboxPopup'] as const

/** What every browser of the tests is started with: a window costs a fifth of the time that it does without. */
export const LEAN_FLAGS = [`--disable-features=${[...OF_PLAYWRIGHT, ...OMNIBOX].join(',')}`]
