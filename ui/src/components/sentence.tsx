/** A sentence of the server: what stands between backticks is code. */
export function Sentence({ text }: { text: string }) {
  return (
    <span className="break-words">
      {text.split('`').map((part, index) =>
        index % 2 === 1 ? (
          <code key={index} className="rounded-sm bg-sunken px-1">
            {part}
          </code>
        ) : (
          part
        ),
      )}
    </span>
  )
}
