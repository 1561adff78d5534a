/** Lets go with the page: a closed tab would leave its TURN allocations behind until they expire. */
export function followPage(end: () => void): void {
  addEventListener('pagehide', end)
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload()
  })
}
