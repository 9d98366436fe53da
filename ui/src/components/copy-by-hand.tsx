/** Where the browser lets no page copy: the text, chosen already, to be copied with the keyboard. */
import { useTranslation } from 'react-i18next'
import { Dialog } from './dialog'
import { TextArea } from './field'

export default function CopyByHand({ text, onClose }: { text: string; onClose: () => void }) {
  const { t } = useTranslation('touch')
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('by_hand.title')} description={t('by_hand.what')}>
      <TextArea
        label={t('by_hand.text')}
        readOnly
        value={text}
        rows={4}
        className="font-mono"
        onFocus={(event) => event.currentTarget.select()}
      />
    </Dialog>
  )
}
