/** The texts by which the server's errors are said in other languages than its own. */
import i18next from 'i18next'

/** Asked for when something went wrong, so that they are there when it is shown. */
export async function loadWrongs(): Promise<void> {
  if (i18next.language !== 'en') await i18next.loadNamespaces('wrong')
}
