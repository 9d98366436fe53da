/** A search field that puts what is typed into the address, a moment after the last key. */
import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

type Props = { value: string; onChange: (value: string) => void; label: string }

export function SearchBox({ value, onChange, label }: Props) {
  const [text, setText] = useState(value)
  const sent = useRef(value)
  const latest = useRef(onChange)
  latest.current = onChange
  useEffect(() => {
    if (value !== sent.current) {
      sent.current = value
      setText(value) // the address changed by another way: back, a link
    }
  }, [value])
  useEffect(() => {
    if (text === sent.current) return
    const timer = setTimeout(() => {
      sent.current = text
      latest.current(text)
    }, 200)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <div className="search-box relative min-w-40 flex-1 sm:max-w-80">
      <Search size={14} aria-hidden="true" className="absolute top-2.25 left-2.5 text-ink-3" />
      <input
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        aria-label={label}
        placeholder={label}
        className="field w-full pl-8!"
      />
    </div>
  )
}
