import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'

import { Answer } from './Answer.jsx'
import { request } from './request.js'
import { useSession } from './session.jsx'

// Retry only a wait: the proxy may be able to fetch the keys later.
const client = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => error.action === 'wait' && failures < 3,
      retryDelay: (failures, error) => 1000 * (error.retryAfter ?? 5),
    },
  },
})

export function QueryProvider({ children }) {
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>
}

// QueryWay asks with react-query. The query function throws for every answer
// that is not a success; the user is a part of the key, so that no user sees
// data that was cached for another user.
export function QueryWay({ id, url, bearer }) {
  const { session, user } = useSession()
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: [url, user],
    queryFn: ({ signal }) => request(url, { session, bearer, signal }),
  })
  return <>
    <Answer id={id} data={data} error={isFetching ? undefined : error} loading={isFetching} />
    <button type="button" id={`${id}-again`} onClick={() => refetch()}>Ask again</button>
  </>
}
