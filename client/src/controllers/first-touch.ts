/**
 * Whether the person has touched this page since it was loaded: before that a browser lets it
 * neither sound nor add to the history in earnest (HTML Standard, "sticky activation"). A browser
 * that cannot tell counts as touched.
 */
export function hasBeenTouched(): boolean {
  // Absent in Firefox before 120, whatever the DOM types say.
  const { userActivation } = navigator as { userActivation?: UserActivation }
  return userActivation?.hasBeenActive ?? true
}

/**
 * Calls back once, at the first touch or key that counts as one.
 *
 * @returns ends the waiting
 */
export function onFirstTouch(callback: () => void): () => void {
  const waiting = new AbortController()
  const { signal } = waiting
  const check = (): void => {
    // Escape is a key and no touch.
    if (!hasBeenTouched()) return
    waiting.abort()
    callback()
  }
  for (const type of ['pointerdown', 'pointerup', 'keydown', 'click']) {
    addEventListener(type, check, { capture: true, signal })
  }
  return () => {
    waiting.abort()
  }
}
