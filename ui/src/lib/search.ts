/** Filters in the address: what is there is checked, what is not understood is left out. */

export type ListSearch = { q?: string; offset?: number }

export function listSearch(search: Record<string, unknown>): ListSearch {
  return { ...text(search, 'q'), ...whole(search, 'offset') }
}

export function text<Name extends string>(search: Record<string, unknown>, name: Name): { [key in Name]?: string } {
  const value = search[name]
  const given = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
  return (typeof given === 'string' && given !== '' ? { [name]: given } : {}) as { [key in Name]?: string }
}

export function whole<Name extends string>(search: Record<string, unknown>, name: Name): { [key in Name]?: number } {
  const value = Number(search[name])
  return (search[name] !== undefined && Number.isInteger(value) && value >= 0 ? { [name]: value } : {}) as {
    [key in Name]?: number
  }
}

/** The value when it is one of these words. */
export function one<Name extends string, const Word extends string>(
  search: Record<string, unknown>,
  name: Name,
  words: readonly Word[],
): { [key in Name]?: Word } {
  const value = search[name] as Word
  return (words.includes(value) ? { [name]: value } : {}) as { [key in Name]?: Word }
}
