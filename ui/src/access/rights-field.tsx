/** Which DAGs: all, or those that lines name. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Check, TextArea } from '@/components/field'
import { fromLines, type Right, toLines } from './rights'

type Props = { limited: boolean; rights: readonly Right[] }

export function RightsField({ limited, rights }: Props) {
  const { t } = useTranslation('access')
  const [on, setOn] = useState(limited)
  return (
    <>
      <Check
        label={t('limited')}
        hint={t('limited_hint')}
        name="limited"
        checked={on}
        onChange={(event) => setOn(event.currentTarget.checked)}
      />
      {on && <TextArea label={t('dags')} hint={t('dags_hint')} name="dags" defaultValue={toLines(rights)} />}
    </>
  )
}

/** What the field says; throws the words for a line that is no right. */
export function readRights(form: FormData, wrong: (line: string) => string): { limited: boolean; rights: Right[] } {
  const limited = form.get('limited') === 'on'
  const found = fromLines(limited ? String(form.get('dags') ?? '') : '')
  if (!Array.isArray(found)) throw new Error(wrong(found.wrong))
  return { limited, rights: found }
}

export function RightsWords({ limited, rights }: Props) {
  const { t } = useTranslation('access')
  if (!limited) return <>{t('all_dags')}</>
  if (rights.length === 0) return <>{t('no_dags')}</>
  return (
    <ul>
      {rights.map((right) => (
        <li key={`${right.kind}:${right.value}`}>
          {t(`may.${right.may}`)} <span className="text-ink-2">{t(`kind.${right.kind}`)}</span>{' '}
          <code>{right.value}</code>
        </li>
      ))}
    </ul>
  )
}
