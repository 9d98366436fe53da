/** What was typed into the palette: which labels it means, and what of it is a name to look for. */

function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean)
}

/** Whether every word is in the label, in whichever order. */
export function means(text: string, label: string): boolean {
  const low = label.toLowerCase()
  return wordsOf(text).every((word) => low.includes(word))
}

/** `trigger sales` looks for `sales`: words that begin a verb are left out, unless nothing else is there. */
export function nameIn(text: string, verbs: readonly string[]): string {
  const words = wordsOf(text)
  const rest = words.filter((word) => word.length < 3 || !verbs.some((verb) => verb.toLowerCase().startsWith(word)))
  return rest.length > 0 && rest.length < words.length ? rest.join(' ') : text.trim()
}
