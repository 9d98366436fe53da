/** What ended an attempt: `ValueError: row count 99 < 100`, or that its process is gone, which the engine says. */

/** The server's words for an attempt whose process died, or of which nothing is known any more. */
const GONE = new Set(['Died', 'Lost'])

/** Whether this is an error that the user's code raised. */
export function isRaised(type: string | null | undefined): type is string {
  return !!type && !GONE.has(type)
}

/** In one line; `recorded` says texts of the engine in the language of the person. */
export function problem(
  type: string | null | undefined,
  message: string | null | undefined,
  recorded: (text: string) => string,
): string {
  if (isRaised(type)) return [type, message].filter(Boolean).join(': ')
  return recorded(message ?? '')
}
