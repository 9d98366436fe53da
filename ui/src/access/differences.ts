/** What differs between the fields before and after a change. */
export type Difference = { name: string; before: unknown; after: unknown }

type Fields = { [name: string]: unknown } | null

export function differences(before: Fields, after: Fields): Difference[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
  return [...names]
    .map((name) => ({ name, before: before?.[name], after: after?.[name] }))
    .filter((each) => (before && after) || !isEmpty(each.before ?? each.after))
    .filter((each) => JSON.stringify(each.before) !== JSON.stringify(each.after))
}

/** What is made or deleted has many fields that say nothing. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}
