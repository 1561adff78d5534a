import { TAKE_OVER } from '../../service-worker/messages.ts'
import { WindowsVeto } from './windows-veto.ts'

/**
 * For a page whose script cannot be had: after an upgrade the service worker may still give the shell of
 * the version before, whose staff's pages are neither kept nor at the server any more. Nothing can be shown
 * in this window, so it waits for nobody but the other ones.
 */
export async function takeOverNow(): Promise<void> {
  const { serviceWorker } = navigator
  // A page from the network is as new as can be.
  if (serviceWorker.controller === null) return
  const registration = await serviceWorker.getRegistration()
  // Without a network there is nothing newer than what waits already.
  await registration?.update().catch(() => undefined)
  const next = registration?.waiting ?? registration?.installing
  if (next === null || next === undefined) return
  if (!(await isInstalled(next))) return
  await new WindowsVeto(() => false).runUnlessForbidden(
    () =>
      new Promise((resolve) => {
        serviceWorker.addEventListener(
          'controllerchange',
          () => {
            location.reload()
            resolve()
          },
          { once: true },
        )
        next.postMessage({ type: TAKE_OVER })
      }),
  )
}

/** Waits until a worker has all its files. @returns false where it could not have them */
function isInstalled(worker: ServiceWorker): Promise<boolean> {
  return new Promise((resolve) => {
    const look = () => {
      if (worker.state !== 'installing') resolve(worker.state === 'installed')
    }
    worker.addEventListener('statechange', look)
    look()
  })
}
