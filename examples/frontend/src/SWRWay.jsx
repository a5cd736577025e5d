import useSWR from 'swr'

import { Answer } from './Answer.jsx'
import { request } from './request.js'
import { useSession } from './session.jsx'

// SWRWay asks with SWR. The user is a part of the key, so that no user sees
// data that was cached for another user.
export function SWRWay({ id, url, bearer }) {
  const { session, user } = useSession()
  const fetcher = ([address]) => request(address, { session, bearer })
  const { data, error, isValidating, mutate } = useSWR([url, user], fetcher, { onErrorRetry })
  return <>
    <Answer id={id} data={data} error={isValidating ? undefined : error} loading={isValidating} />
    <button type="button" id={`${id}-again`} onClick={() => mutate()}>Ask again</button>
  </>
}

// Retry only a wait: the proxy may be able to fetch the keys later.
function onErrorRetry(error, key, config, revalidate, { retryCount }) {
  if (error.action === 'wait' && retryCount <= 3) {
    setTimeout(() => revalidate({ retryCount }), 1000 * (error.retryAfter ?? 5))
  }
}
