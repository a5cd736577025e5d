import { useCallback, useEffect, useState } from 'react'

import { Answer } from './Answer.jsx'
import { request } from './request.js'
import { useSession } from './session.jsx'

// FetchWay asks with fetch alone.
export function FetchWay({ id, url, bearer }) {
  const { session } = useSession()
  const [answer, setAnswer] = useState({ loading: true })

  const ask = useCallback(async signal => {
    setAnswer({ loading: true })
    try {
      const data = await request(url, { session, bearer, signal })
      setAnswer({ data })
    } catch (error) {
      if (!signal?.aborted) setAnswer({ error })
    }
  }, [url, bearer, session])

  useEffect(() => {
    const controller = new AbortController()
    ask(controller.signal)
    return () => controller.abort()
  }, [ask])

  return <><Answer id={id} {...answer} /><button type="button" id={`${id}-again`} onClick={() => ask()}>Ask again</button></>
}
