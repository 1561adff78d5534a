/** What stands in the fields of a form that was sent, by name; nothing for fields it has not. */
export function readFields(event: SubmitEvent): (name: string) => string {
  const fields = event.target instanceof HTMLFormElement ? new FormData(event.target) : null
  return (name) => {
    const value = fields?.get(name)
    return typeof value === 'string' ? value : ''
  }
}
