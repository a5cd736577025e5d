import useSWR from 'swr'

import { Answer } from './Answer.jsx'
import { request } from './request.js'
import { useSession } from './session.jsx'

// SWRWay asks with SWR. The user is a part of the key, so that nobody sees
// what was kept of another one.
export function SWRWay({ id, url, bearer }) {
  const { session, user } = useSession()
  const fetcher = ([address]) => request(address, { session, bearer })
  const { data, error, isValidating, mutate } = useSWR([url, user], fetcher, { onErrorRetry })
  return <>
    <Answer id={id} data={data} error={isValidating ? undefined : error} loading={isValidating} />
    <button type="button" id={`${id}-again`} onClick={() => mutate()}>Ask again</button>
  </>
}

// Of all refusals, only a wait mends keys that the proxy cannot fetch at present.
function onErrorRetry(error, key, config, revalidate, { retryCount }) {
  if (error.action === 'wait' && retryCount <= 3) {
    setTimeout(() => revalidate({ retryCount }), 1000 * (error.retryAfter ?? 5))
  }
}
