/** A form from the JSON schema of params, with the raw JSON beside it: each shows what the other changed. */
import { useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePreferences } from '@/app/preferences'
import { Check, Choice, TextArea, TextField } from '@/components/field'
import { Markdown } from '@/components/markdown'
import { zoneName } from '@/format/time'
import { asText, type Field, fieldsOf, fromText, isLacking, NotAValue } from './schema'

type Values = Record<string, unknown>
type Props = {
  params: Record<string, unknown>
  values: Values
  /** `problem` is true while something typed is no value. */
  onChange: (values: Values, problem: boolean) => void
  /** What the server said of single params. */
  problems?: Record<string, string>
}

export function ParamsForm({ params, values, onChange, problems = {} }: Props) {
  const zone = zoneName(usePreferences().zone)
  const fields = useMemo(() => fieldsOf(params), [params])
  const [wrong, setWrong] = useState<Record<string, { text: string; why: string }>>({})
  const sections = Object.entries(Object.groupBy(fields, (field) => field.section ?? ''))
  const change = (field: Field, text: string) => {
    const { [field.name]: _, ...rest } = wrong
    try {
      const value = fromText(field, text, zone)
      setWrong(rest)
      onChange({ ...values, [field.name]: value }, Object.keys(rest).length > 0)
    } catch (error) {
      if (!(error instanceof NotAValue)) throw error
      setWrong({ ...rest, [field.name]: { text, why: error.message } })
      onChange(values, true)
    }
  }
  return (
    <div className="space-y-4">
      {sections.map(([title, members]) => {
        const body = (members ?? []).map((field) => (
          <One
            key={field.name}
            field={field}
            value={values[field.name]}
            text={wrong[field.name]?.text ?? asText(field, values[field.name], zone)}
            why={wrong[field.name]?.why}
            said={problems[field.name]}
            zone={zone}
            onText={(text) => change(field, text)}
            onValue={(value) => onChange({ ...values, [field.name]: value }, Object.keys(wrong).length > 0)}
          />
        ))
        return title === '' ? (
          <div key="" className="space-y-3">
            {body}
          </div>
        ) : (
          <fieldset key={title} className="space-y-3 rounded-md border border-line p-3">
            <legend className="px-1 font-semibold">{title}</legend>
            {body}
          </fieldset>
        )
      })}
    </div>
  )
}

type Wrong = 'number' | 'json' | 'required' | 'minimum' | 'maximum' | 'minLength' | 'maxLength' | 'pattern'

type OneProps = {
  field: Field
  value: unknown
  text: string
  why?: string
  said?: string
  /** Of times that are typed. */
  zone: string
  onText: (text: string) => void
  onValue: (value: unknown) => void
}

const TYPES = {
  integer: 'number',
  number: 'number',
  date: 'date',
  'date-time': 'datetime-local',
  time: 'time',
} as const

function One({ field, value, text, why, said, zone, onText, onValue }: OneProps) {
  const { t } = useTranslation()
  const name = field.kind === 'date-time' ? `${field.title} (${zone})` : field.title
  const label = field.required || field.kind === 'switch' ? name : t('params.optional', { name })
  const lacking = isLacking(field, value) ? 'required' : undefined
  const wrong = why ?? lacking
  const count = wrong === 'maxLength' ? field.maxLength : field.minLength
  const problem = wrong ? t(`params.wrong.${wrong as Wrong}`, { ...field, count }) : said
  const hint = field.markdown ? <Markdown text={field.markdown} /> : (field.hint ?? undefined)
  const around = { label, hint, problem }
  const suggestions = useId()
  const told = useId()
  if (field.fixed) return <TextField {...around} value={text} readOnly />
  switch (field.kind) {
    case 'switch':
      return (
        <Check label={label} hint={hint} checked={value === true} onChange={(event) => onValue(event.target.checked)} />
      )
    case 'choice':
      return (
        <Choice
          {...around}
          value={String(field.options.findIndex((option) => option.value === value))}
          options={[
            ...(field.options.some((option) => option.value === value) ? [] : ([['-1', t('params.choose')]] as const)),
            ...field.options.map((option, index) => [String(index), option.word] as const),
          ]}
          onChange={(event) => onValue(field.options[Number(event.target.value)]?.value ?? null)}
        />
      )
    case 'choices': {
      const chosen = Array.isArray(value) ? value : []
      return (
        <fieldset className="space-y-1" aria-describedby={problem || hint ? told : undefined}>
          <legend className="text-sm font-medium text-ink-2">{label}</legend>
          {field.options.map((option) => (
            <Check
              key={String(option.value)}
              label={option.word}
              aria-invalid={problem ? true : undefined}
              checked={chosen.includes(option.value)}
              onChange={(event) =>
                onValue(event.target.checked ? [...chosen, option.value] : chosen.filter((one) => one !== option.value))
              }
            />
          ))}
          {problem ? (
            <p id={told} role="alert" className="text-sm text-danger">
              {problem}
            </p>
          ) : (
            hint && (
              <div id={told} className="text-sm text-ink-3">
                {hint}
              </div>
            )
          )}
        </fieldset>
      )
    }
    case 'lines':
    case 'items':
    case 'json':
      return (
        <TextArea
          {...around}
          hint={around.hint ?? (field.kind === 'items' ? t('params.items') : undefined)}
          value={text}
          rows={field.kind === 'json' ? 5 : 3}
          className={field.kind === 'json' ? 'font-mono' : undefined}
          onChange={(event) => onText(event.target.value)}
        />
      )
    default:
      return (
        <>
          <TextField
            {...around}
            list={field.options.length > 0 ? suggestions : undefined}
            type={TYPES[field.kind as keyof typeof TYPES] ?? 'text'}
            value={text}
            step={field.kind === 'integer' ? 1 : field.kind === 'number' ? 'any' : undefined}
            min={field.minimum}
            max={field.maximum}
            minLength={field.minLength}
            maxLength={field.maxLength}
            required={field.required && field.kind !== 'text'}
            onChange={(event) => onText(event.target.value)}
          />
          {field.options.length > 0 && (
            <datalist id={suggestions}>
              {field.options.map((option) => (
                <option key={String(option.value)} value={String(option.value)} label={option.word} />
              ))}
            </datalist>
          )}
        </>
      )
  }
}

/** The same values as JSON, for those who have them so.  What is being typed is left as it is. */
export function RawJson({
  values,
  onChange,
}: {
  values: Values
  onChange: (values: Values, problem: boolean) => void
}) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<{ text: string; wrong: boolean } | null>(null)
  const text = draft?.text ?? JSON.stringify(values, null, 2)
  return (
    <TextArea
      label={t('params.raw')}
      value={text}
      spellCheck={false}
      rows={Math.min(16, Math.max(4, text.split('\n').length + 1))}
      className="font-mono"
      problem={draft?.wrong ? t('params.wrong.json') : undefined}
      onBlur={() => setDraft((before) => (before?.wrong ? before : null))}
      onChange={(event) => {
        const typed = event.target.value
        const value = objectOf(typed)
        setDraft({ text: typed, wrong: value === null })
        onChange(value ?? values, value === null)
      }}
    />
  )
}

function objectOf(text: string): Values | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : null
  } catch {
    return null // being typed
  }
}
